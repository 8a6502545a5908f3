import Foundation
import LanyardSQLite
import LanyardStore

/// Room in the data folder that is kept for a start on a full disk: SQLite needs some to open its files, for reading too.
struct DiskReserve {
  private static let size = 1 << 20
  /// It is not taken from a disk that has less room than this: there scans need what is left.
  private static let leastRoom = 16 << 20

  let path: String

  /// Takes the room where it is not taken yet. Without it all goes on; only a start on a full disk may fail then.
  ///
  /// - Returns: Whether it is there.
  @discardableResult
  func take() -> Bool {
    guard access(path, F_OK) != 0 else { return true }
    guard DiskRoom.bytes(at: (path as NSString).deletingLastPathComponent) >= Self.leastRoom else { return false }
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    let result = posix_fallocate(descriptor, 0, off_t(Self.size))
    close(descriptor)
    if result != 0 { unlink(path) }
    return result == 0
  }

  /// Gives the room back; false where there is none to give.
  func release() -> Bool { unlink(path) == 0 }

  /// Writes a small file of the folder; where that fails on a full disk, gives the room back and tries once more.
  func writing(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let failure {
      guard DiskRoom.bytes(at: (path as NSString).deletingLastPathComponent) < Self.size, release() else {
        throw failure
      }
      try body()
    }
  }
}
