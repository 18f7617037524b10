/// What a plan says of a secret's rotation.
package enum RotationPart: Hashable, Sendable {
    /// Nothing: whatever AWS has stays, and is noted.
    case unmanaged
    /// `rotation: none`: an existing rotation is cancelled.
    case none
    case rotation(Rotation)
}

/// How a secret is rotated.
package struct Rotation: Hashable, Sendable {
    package enum Function: Hashable, Sendable {
        /// The ARN of the Lambda function.
        case lambda(String)
        /// Rotation by the service that owns the secret.
        case managed
    }

    package enum Schedule: Hashable, Sendable {
        /// Days, 1 to 1000; Secrets Manager counts them from the last rotation.
        case every(days: Int)
        /// `cron(...)` in UTC, or `rate(...)`, as it was written.
        case expression(String)
    }

    package enum Start: String, Hashable, Sendable {
        case nextWindow = "next-window"
        /// Once, at the moment rotation is first enabled.
        case now
    }

    package var function: Function
    /// The function's execution role, for policies: `role/NAME`.
    package var role: String?
    package var schedule: Schedule
    /// Hours; `nil` leaves it to Secrets Manager.
    package var windowHours: Int?
    package var start: Start
    package var place: Place

    package init(
        function: Function, role: String? = nil, schedule: Schedule, windowHours: Int? = nil,
        start: Start = .nextWindow, place: Place
    ) {
        self.function = function
        self.role = role
        self.schedule = schedule
        self.windowHours = windowHours
        self.start = start
        self.place = place
    }
}

extension Rotation {
    /// What Secrets Manager reports of a secret's rotation.
    package struct Live: Hashable, Sendable {
        package var isEnabled: Bool
        package var function: String?
        package var everyDays: Int?
        package var expression: String?
        /// As Secrets Manager writes it, such as `2h`.
        package var duration: String?

        package init(
            isEnabled: Bool, function: String? = nil, everyDays: Int? = nil,
            expression: String? = nil, duration: String? = nil
        ) {
            self.isEnabled = isEnabled
            self.function = function
            self.everyDays = everyDays
            self.expression = expression
            self.duration = duration
        }
    }

    /// What RotateSecret is told.
    package struct Rules: Hashable, Sendable {
        /// The ARN of the Lambda function; `nil` where the service that owns the secret rotates it.
        package let function: String?
        /// Exactly one of `everyDays` and `expression` is given.
        package let everyDays: Int?
        package let expression: String?
        package let windowHours: Int?

        package init(
            function: String?, everyDays: Int?, expression: String?, windowHours: Int?
        ) {
            self.function = function
            self.everyDays = everyDays
            self.expression = expression
            self.windowHours = windowHours
        }
    }

    package var rules: Rules {
        let arn: String? = if case .lambda(let arn) = function { arn } else { nil }
        switch schedule {
        case .every(let days):
            return Rules(
                function: arn, everyDays: days, expression: nil, windowHours: windowHours)
        case .expression(let text):
            return Rules(
                function: arn, everyDays: nil, expression: text, windowHours: windowHours)
        }
    }
}
