import Glibc
import LanyardTexts

/// How many connections and files this process and those that it starts may have open.
enum DescriptorLimit {
  /// Lets each connection have its descriptor, as far as the system's hard limit goes.
  ///
  /// - Returns: How many there may be now.
  @discardableResult
  static func raise() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    // Where it may not be raised, the lower one holds, and says so when it is reached.
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_cur)
  }

  /// Makes sure that so many may be open.
  ///
  /// - Throws: `CommandFailure`, which says how to allow more.
  static func require(_ count: Int) throws {
    let allowed = raise()
    guard allowed >= count else {
      let facts: [String: Sentence.Fact] = [
        "wanted": .count(count), "allowed": .count(allowed), "command": .text("ulimit -n \(count)"),
      ]
      throw CommandFailure.unreachable(Sentence(.serverTooFewFiles, facts))
    }
  }
}
