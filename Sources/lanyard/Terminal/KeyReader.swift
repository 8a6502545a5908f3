import LanyardScanner

/// Makes keys of the bytes that a terminal sends; a sequence that it does not know is dropped whole.
struct KeyReader {
  private enum State {
    case ground
    /// The first bytes of a character of UTF-8, and how many are to follow.
    case character([UInt8], missing: Int)
    case escape
    /// ESC [ and its parameters (ECMA-48, 5.4).
    case sequence([UInt8])
    /// ESC O: keys of the application mode of VT100.
    case single
    /// ESC [ [: function keys of the Linux console.
    case console
    /// A text for the terminal's other end, such as ESC ]; it lasts to BEL or ESC \ and is dropped.
    case text(count: Int)
    /// Bytes that are dropped: the place of a mouse click.
    case skipping(Int)
  }

  /// The most bytes of a sequence; what is longer is no key.
  private static let sequenceLimit = 32
  /// The most bytes of a dropped text.
  private static let textLimit = 4096

  private var state = State.ground
  private var followsReturn = false

  /// The keys that the bytes complete.
  mutating func read(_ bytes: some Sequence<UInt8>) -> [KeyPress] {
    var keys: [KeyPress] = []
    for byte in bytes { take(byte, &keys) }
    return keys
  }

  /// Ends what is incomplete, after a short silence: a lone ESC was the Escape key, anything else is dropped.
  mutating func flush() -> [KeyPress] {
    defer { state = .ground }
    switch state {
    case .escape: return [.escape]
    case .character: return [.character("\u{FFFD}")]
    case .ground, .sequence, .single, .console, .text, .skipping: return []
    }
  }

  private mutating func take(_ byte: UInt8, _ keys: inout [KeyPress]) {
    switch state {
    case .ground: takeGround(byte, &keys)
    case .character(let bytes, let missing): takeCharacter(byte, after: bytes, missing: missing, &keys)
    case .escape: takeEscaped(byte, &keys)
    case .sequence(let bytes): takeSequence(byte, after: bytes, &keys)
    case .single:
      if (0x30...0x3B).contains(byte) { return }  // the parameter of a modifier
      end(with: KeySequences.single(byte), unless: byte < 0x20, byte, &keys)
    case .console:
      end(with: KeySequences.console(byte), unless: byte < 0x20, byte, &keys)
    case .text(let count):
      if byte == 0x1B {
        state = .escape
      } else {
        state = byte == 0x07 || count == Self.textLimit ? .ground : .text(count: count + 1)
      }
    case .skipping(let count): state = count > 1 ? .skipping(count - 1) : .ground
    }
  }

  /// Ends a sequence with its key; a control character within it means that it was cut, and counts for itself.
  private mutating func end(with key: KeyPress?, unless isCut: Bool, _ byte: UInt8, _ keys: inout [KeyPress]) {
    state = .ground
    if isCut {
      takeGround(byte, &keys)
    } else if let key {
      keys.append(key)
    }
  }

  private mutating func takeGround(_ byte: UInt8, _ keys: inout [KeyPress]) {
    let followedReturn = followsReturn
    followsReturn = byte == 0x0D
    switch byte {
    case 0x0A where followedReturn: break  // CR LF is one line break
    case 0x0A, 0x0D: keys.append(.enter)
    case 0x1B: state = .escape
    case 0x04: keys.append(.end)
    case 0x08, 0x7F: keys.append(.backspace)
    case 0x00...0x1F: keys.append(.control(Character(Unicode.Scalar(byte + 0x40)).lowercased().first ?? "?"))
    case 0x20...0x7E: keys.append(.character(Character(Unicode.Scalar(byte))))
    case 0xC2...0xDF: state = .character([byte], missing: 1)
    case 0xE0...0xEF: state = .character([byte], missing: 2)
    case 0xF0...0xF4: state = .character([byte], missing: 3)
    default: keys.append(.character("\u{FFFD}"))
    }
  }

  private mutating func takeCharacter(
    _ byte: UInt8,
    after bytes: [UInt8],
    missing: Int,
    _ keys: inout [KeyPress]
  ) {
    guard (0x80...0xBF).contains(byte) else {
      keys.append(.character("\u{FFFD}"))
      state = .ground
      return takeGround(byte, &keys)
    }
    guard missing == 1 else { return state = .character(bytes + [byte], missing: missing - 1) }
    state = .ground
    let text = String(validating: bytes + [byte], as: UTF8.self) ?? "\u{FFFD}"
    // The control characters from U+0080 on are no text.
    if let scalar = text.unicodeScalars.first, scalar.value >= 0xA0 { keys.append(.character(Character(scalar))) }
  }

  private mutating func takeEscaped(_ byte: UInt8, _ keys: inout [KeyPress]) {
    switch byte {
    case 0x1B: keys.append(.escape)
    case UInt8(ascii: "["): state = .sequence([])
    case UInt8(ascii: "O"): state = .single
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      state = .text(count: 0)
    case 0x20...0x2F: break  // what announces one more byte
    case 0x00...0x1F:
      keys.append(.escape)
      end(with: nil, unless: true, byte, &keys)
    case 0x80...0xFF: end(with: nil, unless: true, byte, &keys)
    default: state = .ground  // a letter together with Alt
    }
  }

  private mutating func takeSequence(_ byte: UInt8, after bytes: [UInt8], _ keys: inout [KeyPress]) {
    switch byte {
    case UInt8(ascii: "[") where bytes.isEmpty: state = .console
    case UInt8(ascii: "M") where bytes.isEmpty: state = .skipping(3)
    case 0x20...0x3F: state = .sequence(bytes.count < Self.sequenceLimit ? bytes + [byte] : bytes)
    case 0x40...0x7E:
      let isWhole = bytes.count < Self.sequenceLimit
      end(with: isWhole ? KeySequences.key(byte, parameters: bytes) : nil, unless: false, byte, &keys)
    default: end(with: nil, unless: true, byte, &keys)
    }
  }
}
