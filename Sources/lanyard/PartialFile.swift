import Foundation
import LanyardTexts

/// A file that only its owner may read, and that is there under its name only when all of it is.
struct PartialFile: Sendable {
  let path: String
  private let file: FileHandle

  private var partial: String { path + ".partial" }

  init(_ path: String) throws {
    self.path = path
    let partial = path + ".partial"
    // Where there is none there is nothing to take away.
    try? FileManager.default.removeItem(atPath: partial)
    guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: partial)
    else { throw CommandFailure.usage(Sentence(.doneNotWritten, ["file": .text(path)])) }
    self.file = file
  }

  func write(_ content: Data) throws { try file.write(contentsOf: content) }

  /// All is written: the file takes its name, and the place of an earlier one.
  func finish() throws {
    try file.close()
    guard rename(partial, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Takes away what there is of it.
  func discard() {
    // It is of no use; the error that is told is the one before.
    try? FileManager.default.removeItem(atPath: partial)
  }
}
