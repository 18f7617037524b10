extension TaskExecutor {
    /// Runs a job to its next suspension on the thread that calls, as one of this executor.
    ///
    /// The one step of an executor that strict memory safety calls unsafe, since the reference that
    /// the job gets does not keep the executor alive. Here the caller holds it meanwhile.
    package func perform(_ job: UnownedJob) {
        withExtendedLifetime(self) {
            unsafe job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
