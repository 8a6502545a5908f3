import Glibc

/// How many connections and files this process and those that it starts may have open.
enum DescriptorLimit {
  /// Lets each connection have its descriptor, as far as the system's hard limit goes.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    // Where it may not be raised, the lower one holds, and says so when it is reached.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
