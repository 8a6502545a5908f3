import Crypto
import Foundation

/// A code with which a device enrols: 40 random bits in 8 letters and digits that are not taken for one another.
package struct EnrolmentCode {
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
  private static let length = 8

  private let characters: String

  static func random() -> EnrolmentCode {
    var generator = SystemRandomNumberGenerator()
    let letters = (0..<length).map { _ in alphabet[Int(generator.next(upperBound: UInt64(alphabet.count)))] }
    return EnrolmentCode(characters: String(letters))
  }

  private init(characters: String) {
    self.characters = characters
  }

  /// Nil where the text is no code; case, spaces and hyphens do not matter, and O, I and L are read as 0 and 1.
  package init?(_ text: String) {
    guard text.utf8.count <= 40 else { return nil }
    let read = text.lowercased().compactMap { letter -> Character? in
      switch letter {
      case " ", "-": nil
      case "o": "0"
      case "i", "l": "1"
      default: letter
      }
    }
    guard read.count == Self.length, read.allSatisfy(Self.alphabet.contains) else { return nil }
    characters = String(read)
  }

  /// As it is shown, such as `K7QM-3XRP`.
  var text: String { "\(characters.prefix(4))-\(characters.suffix(4))".uppercased() }

  /// What is stored of it.
  var hash: [UInt8] { [UInt8](SHA256.hash(data: Data(characters.utf8))) }
}
