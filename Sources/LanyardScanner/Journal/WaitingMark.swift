import Foundation
import Glibc

/// A word in the lock of a journal that says that scans wait in it: where somebody removes the journal, it tells what is lost.
enum WaitingMark {
  private static let word = "WAITING\n"
  private static let suffix = ".lock"

  /// Says whether scans wait. What cannot be written, as on a full disk, is not said.
  static func set(_ isWaiting: Bool, of journal: String) {
    let descriptor = open(journal + suffix, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if isWaiting { _ = word.withCString { write(descriptor, $0, strlen($0)) } }
  }

  /// Paths of the journals of a folder that are gone though scans waited in them, sorted.
  static func removed(in folder: String) throws -> [String] {
    let files = FileManager.default
    guard files.fileExists(atPath: folder) else { return [] }
    return try files.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sqlite" + suffix) }.sorted()
      .map { String("\(folder)/\($0)".dropLast(suffix.count)) }
      .filter { !files.fileExists(atPath: $0) && files.contents(atPath: $0 + suffix) == Data(word.utf8) }
  }
}
