/// How a text file writes its characters as bytes: what spreadsheets save.
package enum TextEncoding: String, Sendable, CaseIterable, CustomStringConvertible {
  case utf8 = "utf-8"
  /// As its byte order mark says; little-endian where it has none.
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// Western European, which Windows also calls ANSI.
  case windows1252 = "windows-1252"
  /// Cyrillic.
  case windows1251 = "windows-1251"
  /// Arabic.
  case windows1256 = "windows-1256"

  /// Other names of the same.
  private static let otherNames: [String: TextEncoding] = [
    "utf8": .utf8, "utf16": .utf16, "cp1252": .windows1252, "latin1": .windows1252, "iso-8859-1": .windows1252,
    "ansi": .windows1252, "cp1251": .windows1251, "cp1256": .windows1256,
  ]

  /// The encoding of a name, in any case; nil where it is not known.
  package init?(name: String) {
    let key = name.lowercased()
    guard let encoding = TextEncoding(rawValue: key) ?? Self.otherNames[key] else { return nil }
    self = encoding
  }

  package var description: String { rawValue }

  /// What the bytes from 0x80 on stand for, where each byte is a character; U+FFFD where a byte stands for none.
  var upperHalf: [Unicode.Scalar]? {
    switch self {
    case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian: nil
    case .windows1251: Self.cyrillic
    case .windows1252: Self.western
    case .windows1256: Self.arabic
    }
  }

  private static let western = Array(
    ("€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ"
      + "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ")
      .unicodeScalars
  )
  private static let cyrillic = Array(
    ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ"
      + "\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя")
      .unicodeScalars
  )
  private static let arabic = Array(
    ("€پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈگ‘’“”•–—ک™ڑ›œ\u{200C}\u{200D}ں"
      + "\u{A0}،¢£¤¥¦§¨©ھ«¬\u{AD}®¯°±²³´µ¶·¸¹؛»¼½¾؟ہءآأؤإئابةتثجحخدذرزسشصض×طظعغـفقك"
      + "à\u{644}â\u{645}\u{646}\u{647}\u{648}çèéêë\u{649}\u{64A}îï\u{64B}\u{64C}\u{64D}\u{64E}ô\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}\u{6D2}")
      .unicodeScalars
  )
}

/// Finds in which encoding a text is written, from its bytes, which come in parts.
package struct EncodingFinder: Sendable {
  /// The most bytes in which zeros are looked for.
  private static let zeroLimit = 4096
  /// Bytes that stand for no character of Windows-1252.
  private static let unassigned: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]

  private var head: [UInt8] = []
  private var count = 0
  /// Zeros at even and at odd places of its beginning.
  private var zeros = (even: 0, odd: 0)
  private var line = 1
  private var previous: UInt8 = 0
  /// Bytes of a character in UTF-8 that are still to come.
  private var awaited = 0
  /// Characters of several bytes in UTF-8, and the line of the first byte that cannot be UTF-8.
  private var longCharacters = 0
  private var faultLine: Int?
  private var faults = 0
  /// Bytes from 0x80 on, how many stand together now, and how many stand with two others or more.
  private var upper = 0
  private var run = 0
  private var inRuns = 0
  private var hasUnassigned = false

  package init() {}

  package mutating func read(_ part: [UInt8]) {
    for byte in part {
      if head.count < 4 { head.append(byte) }
      if byte == 0, count < Self.zeroLimit {
        if count.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
      }
      count += 1
      if byte < 0x80, awaited == 0 {
        if byte == 0x0A, previous != 0x0D { line += 1 } else if byte == 0x0D { line += 1 }
        run = 0
      } else {
        look(at: byte)
      }
      previous = byte
    }
  }

  private mutating func look(at byte: UInt8) {
    if awaited > 0 {
      awaited -= 1
      if byte & 0xC0 == 0x80 {
        if awaited == 0 { longCharacters += 1 }
      } else {
        awaited = 0
        noteFault()
      }
    } else {
      switch byte {
      case 0xC2...0xDF: awaited = 1
      case 0xE0...0xEF: awaited = 2
      case 0xF0...0xF4: awaited = 3
      default: noteFault()
      }
    }
    guard byte >= 0x80 else {
      run = 0
      return
    }
    upper += 1
    run += 1
    inRuns += run == 3 ? 3 : run > 3 ? 1 : 0
    if Self.unassigned.contains(byte) { hasUnassigned = true }
  }

  private mutating func noteFault() {
    faults += 1
    if faultLine == nil { faultLine = line }
  }

  /// The encoding of what was read.
  ///
  /// - Throws: `InvalidInput` where it is none that can be told: others than Windows-1252 look alike.
  package func found() throws(InvalidInput) -> TextEncoding {
    if head.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if head.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    // A text of Latin letters has a zero in each unit of UTF-16, and none elsewhere.
    let looked = min(count, Self.zeroLimit)
    if zeros.odd * 4 > looked { return .utf16LittleEndian }
    if zeros.even * 4 > looked { return .utf16BigEndian }
    guard let faultLine = faultLine ?? (awaited > 0 ? line : nil) else { return .utf8 }
    let field = "line \(faultLine)"
    if longCharacters > faults { throw InvalidInput(field: field, .table(.notCSVInUTF8)) }
    guard !hasUnassigned, inRuns * 2 <= upper else {
      throw InvalidInput(
        field: field,
        .table(.unknownEncoding(known: TextEncoding.allCases.map(\.rawValue)))
      )
    }
    return .windows1252
  }
}
