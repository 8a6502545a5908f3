import Foundation

/// A file that may be written over by a newer report, since a load test wrote it.
package enum WrittenReport {
  /// What each page says of itself in its first lines.
  static let mark: Markup = "<meta name=\"generator\" content=\"lanyard loadtest\"/>"
  /// How far a page is read for it.
  private static let headLength = 2_048

  /// Whether a report, as page or as JSON, or nothing at all, is in the file of that path.
  package static func isOneOrEmpty(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    // It was only read.
    defer { try? file.close() }
    // What cannot be read is not known to be one.
    guard let head = try? file.read(upToCount: headLength) ?? Data() else { return false }
    if head.isEmpty { return true }
    return String(decoding: head, as: UTF8.self).contains(mark.text) || (try? RunReport(file: path)) != nil
  }
}
