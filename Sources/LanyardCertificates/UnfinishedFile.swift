import Glibc

/// Files that are written beside their place, and take it when they are whole. One program writes one at a time; who is killed leaves it to
/// the next.
package enum UnfinishedFile {
  /// Why one is not made.
  package enum Fault: Error, Hashable {
    /// Another program writes it just now.
    case taken
    /// An `errno`.
    case failed(Int32)
  }

  /// How often another program may come between before it is said to have the file.
  private static let tries = 100

  /// Makes one anew and empty, for its owner alone; returns what it is written with. As long as that is open nobody else makes it. What
  /// one left that nobody has open is taken away.
  package static func make(_ path: String) throws(Fault) -> Int32 {
    for _ in 0..<tries {
      let left = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard left >= 0 || errno == ENOENT else { throw .failed(errno) }
      defer { if left >= 0 { close(left) } }
      if left >= 0 {
        guard flock(left, LOCK_EX | LOCK_NB) == 0 else { throw .taken }
        // Who comes late may hold what has its place by now.
        if isAt(path, left) { unlink(path) }
      }
      let made = open(path, O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0o600)
      guard made >= 0 else {
        if errno == EEXIST { continue }
        throw .failed(errno)
      }
      guard flock(made, LOCK_EX | LOCK_NB) == 0, isAt(path, made) else {
        close(made)
        throw .taken
      }
      return made
    }
    throw .taken
  }

  /// Whether what is open is still the file of the path.
  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_ino == named.st_ino
      && opened.st_dev == named.st_dev
  }
}
