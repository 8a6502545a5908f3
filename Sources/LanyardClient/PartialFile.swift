package import Foundation
import Glibc
package import LanyardCertificates

/// A file that only its owner may read, and that is there under its name only when all of it is. What is there and no file, such
/// as /dev/stdout, a pipe or a device, is written into as the bytes come, and stays what it is.
package struct PartialFile: Sendable {
  package let path: String
  private let file: FileHandle
  /// The same once more where it is written beside its place: nobody else begins it before it has its name.
  private let hold: FileHandle?
  /// Where it is written until all of it is; nil where it is written into what is there.
  private let partial: String?
  /// What it takes the place of: the file to which links lead, and not the link.
  private let target: String

  /// Begins it; what an earlier run that did not come to its end left of it is taken away, and what another writes just now is refused.
  ///
  /// - Throws: `FileFault` where the path is a folder's, too.
  package init(_ path: String) throws(FileFault) {
    self.path = path
    var found = stat()
    let isThere = stat(path, &found) == 0
    if isThere, found.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileFault(path, errno) }
      (target, partial, hold) = (path, nil, nil)
      file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
      return
    }
    target = isThere ? Self.resolved(path) : path
    let partial = target + ".partial"
    self.partial = partial
    let hold: FileHandle
    do throws(UnfinishedFile.Fault) {
      hold = FileHandle(fileDescriptor: try UnfinishedFile.make(partial), closeOnDealloc: true)
    } catch {
      switch error {
      case .taken: throw FileFault(path, EBUSY)
      case .failed(let code): throw FileFault(path, code)
      }
    }
    self.hold = hold
    let descriptor = fcntl(hold.fileDescriptor, F_DUPFD_CLOEXEC, 0)
    guard descriptor >= 0 else { throw FileFault(path, errno) }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
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
    guard let partial else { return }
    defer { withExtendedLifetime(hold) {} }
    guard rename(partial, target) == 0 else { throw FileFault(path, errno) }
  }

  /// Takes away what there is of it.
  package func discard() { if let partial { unlink(partial) } }
}
