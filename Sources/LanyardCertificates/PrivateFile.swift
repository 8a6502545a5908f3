import Foundation
package import Glibc

/// Files for their owner alone, such as keys and what a device knows of people.
package enum PrivateFile {
  /// Writes a file whole or not at all: nobody sees half of it, or could read it before a chmod.
  ///
  /// - Parameter mode: File mode; 0600 unless the content is public.
  package static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws(FileFault) {
    guard !isDevice(path) else { return try writeInto(path, text) }
    let temporary = "\(path).\(UInt32.random(in: 0...UInt32.max)).new"
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FileFault(path, errno) }
    // Whatever the umask is: others may read what is public.
    fchmod(descriptor, mode)
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
      try handle.close()
    } catch {
      unlink(temporary)
      throw FileFault(path: path, cause: error.localizedDescription)
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw FileFault(path, code)
    }
  }

  /// Whether a path is of something that is there and no file, such as /dev/null or a pipe, which a rename would replace.
  private static func isDevice(_ path: String) -> Bool {
    var found = stat()
    // Where there is nothing, there is nothing to replace.
    return stat(path, &found) == 0 && found.st_mode & S_IFMT != S_IFREG
  }

  private static func writeInto(_ path: String, _ text: String) throws(FileFault) {
    let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault(path, errno) }
    do {
      try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
    } catch {
      throw FileFault(path: path, cause: error.localizedDescription)
    }
  }
}

/// A file cannot be written.
package struct FileFault: Error, Hashable {
  package let path: String
  /// Why, in the system's words.
  package let cause: String

  package init(path: String, cause: String) {
    self.path = path
    self.cause = cause
  }

  /// - Parameter code: An `errno`.
  package init(_ path: String, _ code: Int32) {
    self.init(path: path, cause: String(cString: strerror(code)))
  }
}
