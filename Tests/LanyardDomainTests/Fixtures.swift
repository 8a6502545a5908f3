import Foundation
import LanyardDomain

/// Files of tools/sample.
enum Sample {
  static func bytes(_ name: String) throws -> [UInt8] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: root.appending(path: "tools/sample").appending(path: name)))
  }

  static func programme() throws -> Programme { try Programme.reading(bytes("programme.json")) }
}

/// A moment as RFC 3339 writes it; a mistake in a test traps.
func at(_ text: String) -> Instant {
  guard let time = OffsetTime(text) else { preconditionFailure("not a time: \(text)") }
  return time.instant
}

/// A day; a mistake in a test traps.
func day(_ text: String) -> LocalDate {
  guard let day = LocalDate(text) else { preconditionFailure("not a day: \(text)") }
  return day
}

/// Violations of what `body` throws; empty where it throws nothing.
func violations(_ body: () throws(InvalidInput) -> Void) -> [FieldViolation] {
  do throws(InvalidInput) {
    try body()
    return []
  } catch {
    return error.violations
  }
}
