package import Foundation
import Glibc
package import LanyardCertificates

/// A file that only its owner may read, and that is there under its name only when all of it is.
package struct PartialFile: Sendable {
  package let path: String
  private let file: FileHandle
  /// The same once more: nobody else begins it before it has its name.
  private let hold: FileHandle

  private var partial: String { path + ".partial" }

  /// Begins it; what an earlier run that did not come to its end left of it is taken away, and what another writes just now is refused.
  package init(_ path: String) throws(FileFault) {
    self.path = path
    do throws(UnfinishedFile.Fault) {
      hold = FileHandle(fileDescriptor: try UnfinishedFile.make(path + ".partial"), closeOnDealloc: true)
    } catch {
      switch error {
      case .taken: throw FileFault(path, EBUSY)
      case .failed(let code): throw FileFault(path, code)
      }
    }
    let descriptor = fcntl(hold.fileDescriptor, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileFault(path, errno) }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Writes a file at once.
  package static func write(_ content: Data, to path: String) throws {
    let file = try PartialFile(path)
    do {
      try file.write(content)
      try file.finish()
    } catch {
      file.discard()
      throw error
    }
  }

  package func write(_ content: Data) throws(FileFault) {
    do {
      try file.write(contentsOf: content)
    } catch {
      throw FileFault(path: path, cause: error.localizedDescription)
    }
  }

  /// All is written: the file takes its name, and the place of an earlier one.
  package func finish() throws(FileFault) {
    do {
      try file.close()
    } catch {
      throw FileFault(path: path, cause: error.localizedDescription)
    }
    defer { withExtendedLifetime(hold) {} }
    guard rename(partial, path) == 0 else { throw FileFault(path, errno) }
  }

  /// Takes away what there is of it.
  package func discard() { unlink(partial) }
}
