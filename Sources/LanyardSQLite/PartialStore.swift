import Foundation
import LanyardStore

/// The file beside the place of a new store, which is written there before it takes that name. One program has it at a time; who is
/// killed leaves it to the next.
struct PartialStore: ~Copyable {
  /// How often another program may come between before that is an error.
  private static let tries = 100
  /// What SQLite lays beside a store, behind its name.
  private static let beside = ["-journal", "-wal", "-shm"]

  let path: String
  private let descriptor: Int32

  /// Takes the file, anew and empty, for its owner alone.
  ///
  /// - Parameter place: Path of the store that it is to be.
  /// - Throws: `busy` where another program has it, `failed` where it cannot be made.
  init(for place: String) throws(StoreError) {
    path = place + ".partial"
    for _ in 0..<Self.tries {
      let left = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      if left >= 0 {
        defer { close(left) }
        guard flock(left, LOCK_EX | LOCK_NB) == 0 else { throw .busy }
        // What nobody has is of one that was killed; who got the lock late may have what was given away.
        if Self.isAt(path, left) { Self.discard(path) }
      }
      let made = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
      guard made >= 0 else {
        if errno == EEXIST { continue }
        throw .failed(.store, about: "\(path): \(String(cString: strerror(errno)))")
      }
      guard flock(made, LOCK_EX | LOCK_NB) == 0, Self.isAt(path, made) else {
        close(made)
        throw .busy
      }
      // SQLite would take what another left beside it for a part of it.
      for name in Self.beside { unlink(path + name) }
      descriptor = made
      return
    }
    throw .busy
  }

  deinit { close(descriptor) }

  /// Takes it away, with what SQLite lays beside it.
  func discard() { Self.discard(path) }

  /// Gives it the name that it is to have; false where something has that meanwhile, or the system refuses.
  func take(_ name: String) -> Bool {
    if link(path, name) == 0 {
      unlink(path)
      return true
    }
    // Some file systems know one name a file; there is what nothing was written over.
    guard errno != EEXIST, access(name, F_OK) != 0 else { return false }
    return Foundation.rename(path, name) == 0
  }

  private static func discard(_ path: String) {
    for name in [""] + beside { unlink(path + name) }
  }

  /// Whether the file that is open is still the one of the path.
  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    var (opened, named) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_ino == named.st_ino
      && opened.st_dev == named.st_dev
  }
}
