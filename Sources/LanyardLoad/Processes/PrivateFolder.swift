import Foundation
import Glibc
import Synchronization

/// Folders that only this user can read, each there for the time of one run.
package enum PrivateFolder {
  /// Where a server's data lies in each; a disk of its own may be mounted there.
  static let data = "data"

  private static let made = Mutex<Set<URL>>([])

  /// Makes one, and removes it with all that is in it when the body ends.
  ///
  /// - Throws: `LoadFailure` where it cannot be made, and what the body throws.
  static func with<Value: Sendable>(
    _ prefix: String,
    in place: URL,
    _ body: (URL) async throws -> Value
  ) async throws -> Value {
    let folder = place.appending(path: "\(prefix)-\(UUID().uuidString)")
    do {
      try make(folder)
    } catch {
      throw LoadFailure(
        "cannot make \(folder.path): \(error.localizedDescription); say another with --folder",
        .wrongUse
      )
    }
    made.withLock { _ = $0.insert(folder) }
    defer { remove(folder) }
    return try await body(folder)
  }

  /// Makes a folder, and those around it that are not there.
  static func make(_ folder: URL) throws {
    try FileManager.default.createDirectory(
      at: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
  }

  /// Removes all of them at once, for a process that is about to end; what is mounted in them goes first.
  package static func removeAll() {
    for folder in made.withLock({ $0 }) {
      // Where nothing is mounted there is nothing to take away.
      umount2(folder.appending(path: data).path, Int32(MNT_DETACH))
      remove(folder)
    }
  }

  private static func remove(_ folder: URL) {
    // What cannot be removed lies in a folder of its own, among the machine's temporary files if nobody said otherwise.
    try? FileManager.default.removeItem(at: folder)
    made.withLock { _ = $0.remove(folder) }
  }
}
