import CCurl

// The least that a Swift program can do that needs libcurl: the loader maps its thirty libraries.
_ = curl_version()
