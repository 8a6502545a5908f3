package import Foundation
import Glibc
import LanyardSQLite
import Synchronization

/// A place for a server's data folder whose disk can be made full, and have room again.
///
/// Where this user may mount (root), it is a small disk of its own in memory: writes then fail with ENOSPC, as on any disk
/// that is full, and its room ends for whoever else writes to it. Else there is no such disk, and the limit on the size of
/// the server's files takes its place (RLIMIT_FSIZE): the server's every write then fails with EFBIG, which it meets at
/// once, and which SQLite reports as a disk that cannot be written instead of one that is full.
package final class FullDisk: Sendable {
  /// What stands in for the disk.
  package enum Way: Sendable, Hashable {
    case disk(megabytes: Int)
    case limit
  }

  package let way: Way
  private let folder: URL
  private let isRemoved = Mutex(false)

  /// Makes the place, before anything is put there.
  ///
  /// - Parameters:
  ///   - folder: Is made where it is not there yet; what is in it already is hidden until the end.
  ///   - way: Nil to mount a disk of `megabytes` where that is allowed, else to limit.
  package init(at folder: URL, megabytes: Int = 256, way: Way? = nil) throws {
    self.folder = folder
    try PrivateFolder.make(folder)
    guard way != .limit, mount("lanyard-rehearsal", folder.path, "tmpfs", 0, "size=\(megabytes)m,mode=0700") == 0 else {
      self.way = .limit
      return
    }
    self.way = .disk(megabytes: megabytes)
  }

  deinit { remove() }

  private var filler: URL { folder.appending(path: "filler") }

  /// Takes what the server's log holds into its file, and away the room that the log has: scans would be written there for as
  /// long as it lasts, however full the disk is.
  package func emptyLog() throws {
    let database = folder.appending(path: "lanyard.sqlite").path
    guard way != .limit, FileManager.default.fileExists(atPath: database) else { return }
    try SQLiteStore(path: database).takeInLog()
  }

  /// Takes all room that is left, as often as there is some again.
  ///
  /// - Throws: Where it could not be taken; then the disk is not full.
  package func fill(_ server: ServerProcess) throws {
    switch way {
    case .limit: try server.setMayNotWrite(true)
    case .disk: try fill()
    }
  }

  /// Takes all room that is left of a disk.
  package func fill() throws {
    let descriptor = open(filler.path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure() }
    defer { close(descriptor) }
    // The last pages are taken one by one.
    for size in [1 << 20, 4096] {
      let block = [UInt8](repeating: 1, count: size)
      while true {
        let count = write(descriptor, block, size)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
      }
      guard errno == ENOSPC else { throw Self.failure() }
    }
  }

  /// Gives all of it back.
  package func free(_ server: ServerProcess) throws {
    switch way {
    case .limit: try server.setMayNotWrite(false)
    case .disk: try free()
    }
  }

  /// Gives all that was taken of a disk back.
  package func free() throws {
    guard unlink(filler.path) == 0 || errno == ENOENT else { throw Self.failure() }
  }

  /// Takes the disk away, with all that is on it, once nothing uses it any more.
  package func remove() {
    guard way != .limit, isRemoved.withLock({ $0.exchange() }) else { return }
    umount2(folder.path, Int32(MNT_DETACH))
  }

  private static func failure() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}

extension Bool {
  /// Becomes true; whether it was not yet.
  fileprivate mutating func exchange() -> Bool {
    defer { self = true }
    return !self
  }
}
