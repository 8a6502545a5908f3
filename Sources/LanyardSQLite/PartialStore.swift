import Foundation
import LanyardCertificates
import LanyardStore

/// The file beside the place of a new store, which is written there before it takes that name. One program has it at a time; who is
/// killed leaves it to the next.
struct PartialStore: ~Copyable {
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
    do throws(UnfinishedFile.Fault) {
      descriptor = try UnfinishedFile.make(path)
    } catch .failed(let code) {
      throw .failed(.store, about: "\(path): \(String(cString: strerror(code)))")
    } catch {
      throw .busy
    }
    // SQLite would take what another left beside it for a part of it.
    for name in Self.beside { unlink(path + name) }
  }

  deinit { close(descriptor) }

  /// Takes it away, with what SQLite lays beside it.
  func discard() { for name in [""] + Self.beside { unlink(path + name) } }

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
}
