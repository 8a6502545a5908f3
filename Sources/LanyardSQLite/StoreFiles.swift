import Foundation
import LanyardStore

/// The files that an open store writes into, known by their inodes. One that was deleted or replaced still takes commits
/// from whoever has it open, and loses them with its last descriptor.
struct StoreFiles: Sendable {
  private struct File: Sendable {
    let path: String
    let device: dev_t
    let inode: ino_t

    init(_ path: String) throws(StoreError) {
      var status = stat()
      guard stat(path, &status) == 0 else { throw .vanished }
      (self.path, device, inode) = (path, status.st_dev, status.st_ino)
    }

    var isInPlace: Bool {
      var status = stat()
      return stat(path, &status) == 0 && status.st_dev == device && status.st_ino == inode
    }
  }

  private let database: File
  private let log: File

  /// - Parameter database: Path of a database that is open in write-ahead mode, which keeps its log in place.
  init(database: String) throws(StoreError) {
    self.database = try File(database)
    log = try File(database + "-wal")
  }

  /// Looks whether both files are those that were opened: two system calls.
  func requireInPlace() throws(StoreError) {
    guard database.isInPlace, log.isInPlace else { throw .vanished }
  }

  /// Bytes that may still be written on their disk.
  var room: Int { DiskRoom.bytes(at: database.path) }
}

/// How much room disks have.
package enum DiskRoom {
  /// Bytes that may still be written where a file lies; none where nothing may be.
  package static func bytes(at path: String) -> Int {
    var status = statvfs()
    guard statvfs(path, &status) == 0, status.f_flag & UInt(ST_RDONLY) == 0 else { return 0 }
    return Int(clamping: status.f_bavail) * Int(clamping: status.f_frsize)
  }
}
