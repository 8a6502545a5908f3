import Crypto
import Foundation

/// A code with which a device enrols, in letters and digits that are not taken for one another.
package struct EnrolmentCode {
  /// What a code is for.
  package enum Form: CaseIterable, Sendable {
    /// For people to type: 40 random bits in 8 characters.
    case typed
    /// For links and QR symbols: 130 random bits in 26 characters, which nobody guesses.
    case link

    fileprivate var length: Int {
      switch self {
      case .typed: 8
      case .link: 26
      }
    }
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
  /// The most bytes of a text that is read as a code.
  private static let textLimit = 60

  private let characters: String
  package let form: Form

  static func random(_ form: Form) -> EnrolmentCode {
    var generator = SystemRandomNumberGenerator()
    let letters = (0..<form.length).map { _ in alphabet[Int(generator.next(upperBound: UInt64(alphabet.count)))] }
    return EnrolmentCode(characters: String(letters), form: form)
  }

  private init(characters: String, form: Form) {
    self.characters = characters
    self.form = form
  }

  /// Nil where the text is no code; case, spaces and hyphens do not matter, and O, I and L are read as 0 and 1.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.textLimit else { return nil }
    let read = text.lowercased().compactMap { letter -> Character? in
      switch letter {
      case " ", "-": nil
      case "o": "0"
      case "i", "l": "1"
      default: letter
      }
    }
    guard let form = Form.allCases.first(where: { $0.length == read.count }), read.allSatisfy(Self.alphabet.contains)
    else { return nil }
    self.init(characters: String(read), form: form)
  }

  /// As it is shown, such as `K7QM-3XRP`; in links as it is.
  var text: String {
    switch form {
    case .typed: "\(characters.prefix(4))-\(characters.suffix(4))".uppercased()
    case .link: characters
    }
  }

  /// What is stored of it, on the server and on a device that has begun to enrol.
  package var hash: [UInt8] { [UInt8](SHA256.hash(data: Data(characters.utf8))) }
}
