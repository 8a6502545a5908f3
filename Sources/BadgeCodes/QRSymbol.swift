import CQREncode
import Glibc

/// A QR code symbol (ISO/IEC 18004) as a square of modules, without its quiet zone.
package struct QRSymbol: Hashable, Sendable {
  /// How much of a damaged symbol can be restored.
  package enum ErrorCorrection: Sendable {
    /// About 7 of 100 code words.
    case low
    /// About 15 of 100.
    case medium
    /// About 25 of 100.
    case quartile
    /// About 30 of 100.
    case high
  }

  /// The modules of a side: 21 for version 1, four more for each further version.
  package let width: Int
  private let modules: [Bool]

  /// The symbol of a badge's code. A badge is worn for days, so nearly a third of it may be lost: some modules more across than where a
  /// seventh may, and a splash of dirt is read through.
  package init(ofBadge code: String) throws(QRSymbolError) { try self.init(encoding: code, errorCorrection: .high) }

  /// The smallest symbol for the text; upper-case letters, figures and ` $%*+-./:` take the least room.
  package init(encoding text: String, errorCorrection: ErrorCorrection = .medium) throws(QRSymbolError) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw .empty }
    guard let input = QRinput_new2(0, errorCorrection.level) else { throw .backendFailure }
    defer { QRinput_free(input) }
    let mode = bytes.allSatisfy(Self.isAlphanumeric) ? QR_MODE_AN : QR_MODE_8
    guard let length = Int32(exactly: bytes.count), QRinput_append(input, mode, length, bytes) == 0 else {
      throw .tooLong
    }
    guard let code = QRcode_encodeInput(input) else { throw errno == ERANGE ? .tooLong : .backendFailure }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    self.width = width
    self.modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
  }

  /// Whether the module is dark; rows count from the top, columns from the left, both from 0.
  package subscript(row row: Int, column column: Int) -> Bool {
    precondition((0..<width).contains(row) && (0..<width).contains(column), "module outside the symbol")
    return modules[row * width + column]
  }

  private static func isAlphanumeric(_ character: UInt8) -> Bool {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: " $%*+-./:".utf8.contains(character)
    }
  }
}

extension QRSymbol.ErrorCorrection {
  fileprivate var level: QRecLevel {
    switch self {
    case .low: QR_ECLEVEL_L
    case .medium: QR_ECLEVEL_M
    case .quartile: QR_ECLEVEL_Q
    case .high: QR_ECLEVEL_H
    }
  }
}

/// Why there is no symbol for a text.
package enum QRSymbolError: Error, Hashable, Sendable {
  /// The text has no characters.
  case empty
  /// The text does not fit the largest symbol, version 40.
  case tooLong
  /// libqrencode had no memory.
  case backendFailure
}

extension QRSymbolError: CustomStringConvertible {
  /// What happened and what to do next.
  package var description: String {
    switch self {
    case .empty: "There is nothing to encode: give a text."
    case .tooLong: "The text is too long for a QR code: shorten it or lower the error correction."
    case .backendFailure: "The QR code could not be made for want of memory: try again."
    }
  }
}
