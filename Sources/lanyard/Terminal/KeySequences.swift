import LanyardScanner

/// The keys of the sequences that terminals send; nil for a sequence that is none of a lane's keys.
enum KeySequences {
  /// The key of ESC [, parameters and the final byte; the parameter of a modifier is ignored.
  static func key(_ final: UInt8, parameters: [UInt8]) -> KeyPress? {
    guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    let first = parameters.split(separator: UInt8(ascii: ";")).first.map { String(decoding: $0, as: UTF8.self) }
    guard final == UInt8(ascii: "~") else { return first ?? "1" == "1" ? single(final) : nil }
    return first.flatMap { numbered[$0] }
  }

  /// The key of ESC O and a byte.
  static func single(_ byte: UInt8) -> KeyPress? {
    switch Unicode.Scalar(byte) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "M": .enter
    case "P", "Q", "R", "S": .function(Int(byte - UInt8(ascii: "P")) + 1)
    default: nil
    }
  }

  /// The key of ESC [ [ and a byte.
  static func console(_ byte: UInt8) -> KeyPress? {
    (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(byte) ? .function(Int(byte - UInt8(ascii: "A")) + 1) : nil
  }

  /// The function keys of ESC [, a number and ~ (xterm and VT220; the numbers have gaps).
  private static let numbered: [String: KeyPress] = [
    "11": .function(1), "12": .function(2), "13": .function(3), "14": .function(4), "15": .function(5),
    "17": .function(6), "18": .function(7), "19": .function(8), "20": .function(9), "21": .function(10),
    "23": .function(11), "24": .function(12),
  ]
}
