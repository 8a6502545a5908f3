import Foundation
import LanyardDomain

/// Reads the first sheet of an Excel workbook (ECMA-376, .xlsx) as a table of texts. What a stranger sends is limited: the
/// list of files, each file when it is taken apart, texts, columns, rows.
struct Workbook {
  /// How each workbook begins, which is a ZIP archive.
  static let mark: [UInt8] = [0x50, 0x4B, 3, 4]
  /// How others begin: those of before 2007, and those that a password encrypts.
  static let otherMark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// The most bytes of a sheet, of the texts of all sheets, and of anything else.
  private static let sheetLimit = 256 << 20
  private static let textLimit = 64 << 20
  private static let partLimit = 8 << 20
  /// The most different texts.
  private static let textCountLimit = 1_000_000
  /// The most rows that Excel has.
  static let rowLimit = 1_048_576

  private let archive: ZipArchive
  private let sheet: String
  private let since1904: Bool
  private let texts: [String]
  /// Whether each style of cells shows a date.
  private let dateStyles: [Bool]

  /// - Throws: `InvalidInput` where it is no workbook that this reads; what reading throws.
  init(_ handle: FileHandle) throws {
    let archive = try ZipArchive(handle)
    guard archive.has("xl/workbook.xml") else {
      throw InvalidInput(field: "file", .table(.otherWorkbook))
    }
    var first: String?
    var firstVisible: String?
    var since1904 = false
    try Self.scan("xl/workbook.xml", of: archive) { event in
      guard case .start(let name, let attributes) = event else { return }
      if name == "workbookPr" { since1904 = ["1", "true"].contains(attributes["date1904"]) }
      guard name == "sheet" else { return }
      first = first ?? attributes["id"]
      if attributes["state"] == nil || attributes["state"] == "visible" {
        firstVisible = firstVisible ?? attributes["id"]
      }
    }
    guard let id = firstVisible ?? first else { throw ZipArchive.broken("xl/workbook.xml") }
    var target: String?
    try Self.scan("xl/_rels/workbook.xml.rels", of: archive) { event in
      guard case .start("Relationship", let attributes) = event, attributes["Id"] == id else { return }
      target = attributes["Target"]
    }
    guard let target else { throw ZipArchive.broken("xl/_rels/workbook.xml.rels") }
    sheet = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    self.since1904 = since1904
    self.archive = archive
    texts = try Self.texts(of: archive)
    dateStyles = try Self.dateStyles(of: archive)
  }

  /// Hands each row of the sheet that has a cell to the body, in order.
  ///
  /// - Throws: `InvalidInput` where the sheet is damaged or too large; what the body throws.
  func rows(_ body: (TableRecord) throws -> Void) throws {
    let fault = ZipArchive.broken(sheet)
    var reader = SheetReader(texts: texts, dateStyles: dateStyles, since1904: since1904, fault: fault)
    try Self.scan(sheet, of: archive, limit: Self.sheetLimit) { event in
      if let row = try reader.take(event) { try body(row) }
    }
  }

  private static func scan(
    _ name: String,
    of archive: ZipArchive,
    limit: Int = partLimit,
    _ body: (XMLScanner.Event) throws -> Void
  ) throws {
    var scanner = XMLScanner(of: ZipArchive.broken(name))
    try archive.read(name, limit: limit) { try scanner.read($0, body) }
    try scanner.finish()
  }

  /// The texts that cells refer to by their numbers; how a text is pronounced is no part of it.
  private static func texts(of archive: ZipArchive) throws -> [String] {
    let name = "xl/sharedStrings.xml"
    guard archive.has(name) else { return [] }
    var texts: [String] = []
    var text = ""
    var isText = false
    var isPronunciation = false
    try scan(name, of: archive, limit: textLimit) { event in
      switch event {
      case .start("si", _): text = ""
      case .start("t", _): isText = !isPronunciation
      case .start("rPh", _): isPronunciation = true
      case .end("rPh"): isPronunciation = false
      case .end("t"): isText = false
      case .text(let part) where isText: text += part
      case .end("si"):
        guard texts.count < textCountLimit else { throw ZipArchive.tooLarge(name, textLimit) }
        texts.append(SheetReader.unescaped(text))
      case .start, .end, .text: break
      }
    }
    return texts
  }

  private static func dateStyles(of archive: ZipArchive) throws -> [Bool] {
    let name = "xl/styles.xml"
    guard archive.has(name) else { return [] }
    var codes: [Int: String] = [:]
    var formats: [Int] = []
    var isInCells = false
    try scan(name, of: archive) { event in
      switch event {
      case .start("numFmt", let attributes):
        if let id = attributes["numFmtId"].flatMap(Int.init) { codes[id] = attributes["formatCode"] }
      case .start("cellXfs", _): isInCells = true
      case .end("cellXfs"): isInCells = false
      case .start("xf", let attributes) where isInCells:
        formats.append(attributes["numFmtId"].flatMap(Int.init) ?? 0)
      case .start, .end, .text: break
      }
    }
    return formats.map { CellDate.isDate($0, code: codes[$0]) }
  }
}
