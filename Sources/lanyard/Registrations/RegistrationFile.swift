import Foundation
import LanyardDomain
import LanyardTexts

/// A CSV file of registrations. It is read part by part, twice: to see that all of it can be read before anything is
/// sent, and to send it. So little of it is in memory, however large it is and whatever it holds.
struct RegistrationFile {
  private static let partBytes = 65_536

  private let path: String
  private let handle: FileHandle
  private var table = RegistrationTable()
  private var isAtEnd = false
  private var isChecked = false

  /// - Throws: `CommandFailure` where it cannot be opened.
  init(_ path: String) throws {
    self.path = path
    guard let opened = FileHandle(forReadingAtPath: path) else { throw Self.unreadable(path) }
    do {
      handle = try Self.goesBack(opened) ? opened : Self.spooled(opened)
    } catch {
      throw Self.unreadable(path)
    }
  }

  /// Reads all of it, hands each row to the body, and goes back to its beginning.
  ///
  /// - Throws: `CommandFailure` where it is refused as a whole.
  mutating func check(_ body: (RegistrationTable.Row) -> Void) throws {
    while let rows = try next() { rows.forEach(body) }
    isChecked = true
    try rewind()
  }

  /// Goes back to its beginning.
  mutating func rewind() throws {
    try handle.seek(toOffset: 0)
    (table, isAtEnd) = (RegistrationTable(), false)
  }

  /// The rows that end in its next part; nil after the last.
  mutating func next() throws -> [RegistrationTable.Row]? {
    guard !isAtEnd else { return nil }
    let part: Data
    do {
      part = try handle.read(upToCount: Self.partBytes) ?? Data()
    } catch {
      throw Self.unreadable(path)
    }
    do throws(InvalidInput) {
      guard part.isEmpty else { return try table.read([UInt8](part)) }
      isAtEnd = true
      return try table.finish()
    } catch {
      throw refused(error)
    }
  }

  private func refused(_ input: InvalidInput) -> CommandFailure {
    let language = Language.ofSystem ?? .english
    let effect = Sentence(isChecked ? .importChanged : .importRefused, ["file": .text(path)])
    let faults = input.violations.map { "  \($0.field): \($0.reason(in: language))" }
    let lines = [Phrasebook.of(language).text(effect)] + faults
    return CommandFailure(status: .negative, .told(lines.joined(separator: "\n")))
  }

  private static func unreadable(_ path: String) -> CommandFailure {
    .usage(Sentence(.importUnreadable, ["file": .text(path)]))
  }

  /// Whether it can be read twice, which a pipe cannot.
  private static func goesBack(_ handle: FileHandle) -> Bool {
    do {
      try handle.seek(toOffset: 0)
      return true
    } catch {
      return false
    }
  }

  /// A pipe's content in a file without a name, which can be read twice, and which is gone with this process.
  private static func spooled(_ pipe: FileHandle) throws -> FileHandle {
    let template = FileManager.default.temporaryDirectory.appending(path: "lanyard-XXXXXX").path
    var name = Array(template.utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    unlink(name)
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    while let part = try pipe.read(upToCount: partBytes), !part.isEmpty { try file.write(contentsOf: part) }
    try file.seek(toOffset: 0)
    return file
  }
}
