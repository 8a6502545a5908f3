/// By what people tell badges apart, as it is printed beside the code: the end of the serial, and which of its bearer's badges it
/// is, from 1. Two badges of an event may have the same.
package struct BadgeNumber: Hashable, Sendable, CustomStringConvertible {
  /// The last four digits of the serial.
  package let ending: UInt16
  package let issue: Int

  package init(_ serial: BadgeSerial, issue: Int) {
    ending = UInt16(truncatingIfNeeded: serial.rawValue)
    self.issue = issue
  }

  /// Reads it as it is printed or typed, `729B · 3`, `729b 3`, `729b-3`; nil where it is none.
  package init?(_ text: String) {
    guard let found = text.wholeMatch(of: /\s*([0-9A-Fa-f]{4})\s*[ ·•.\/-]\s*([1-9][0-9]{0,2})\s*/),
      let ending = UInt16(found.1, radix: 16), let issue = Int(found.2)
    else { return nil }
    (self.ending, self.issue) = (ending, issue)
  }

  package var description: String { "\(BadgeSerial(UInt64(ending)).ending.uppercased()) · \(issue)" }
}
