import Foundation
import Glibc

/// A word in the lock of a journal that says that scans wait in it, and the number of the last: where somebody removes the
/// journal, or what SQLite keeps beside it, the word tells that scans are lost.
///
/// It is written once the scan is on disk, and a journal never gives a number twice, so that it never tells of more than the
/// journal had, whenever the lane is killed.
enum WaitingMark {
  private static let word = "WAITING"
  private static let suffix = ".lock"
  /// Every number has as many digits, so that one is written over another in one go.
  private static let digits = 19

  /// Says that scans wait up to one of this number; nil says that none does. What cannot be written, as on a full disk, is
  /// not said.
  static func set(_ last: Int64?, of journal: String) {
    let descriptor = open(journal + suffix, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard let last else {
      _ = ftruncate(descriptor, 0)
      return
    }
    let number = String(last)
    let text = "\(word) \(String(repeating: "0", count: max(0, digits - number.count)))\(number)\n"
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  /// Up to which number scans waited in a journal, as is said beside it; nil where none did.
  static func last(of journal: String) -> Int64? {
    guard let content = FileManager.default.contents(atPath: journal + suffix) else { return nil }
    let parts = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard parts.first == word[...] else { return nil }
    // Earlier versions said only that some do.
    return parts.count > 1 ? Int64(parts[1]) : 1
  }

  /// Paths of the journals of a folder that are gone though scans waited in them, sorted.
  static func removed(in folder: String) throws -> [String] {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { return [] }
    return try files.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sqlite" + suffix) }.sorted()
      .map { String("\(folder)/\($0)".dropLast(suffix.count)) }
      .filter { !files.fileExists(atPath: $0) && last(of: $0) != nil }
  }
}
