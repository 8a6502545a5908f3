import LanyardDomain

/// Makes rows of texts of what a sheet's document says.
struct SheetReader {
  let texts: [String]
  let dateStyles: [Bool]
  let since1904: Bool
  /// What is told of a sheet that cannot be read.
  let fault: InvalidInput

  private var row = 0
  private var fields: [String] = []
  private var rowFault: Fault?
  private var byteCount = 0
  /// Of the cell: column from 0, type, style, and what it says.
  private var column = -1
  private var type = ""
  private var style: Int?
  private var text = ""
  private var isText = false
  private var isPronunciation = false

  init(texts: [String], dateStyles: [Bool], since1904: Bool, fault: InvalidInput) {
    (self.texts, self.dateStyles, self.since1904, self.fault) = (texts, dateStyles, since1904, fault)
  }

  /// - Returns: The row that ends here.
  /// - Throws: `InvalidInput` where the sheet is damaged.
  mutating func take(_ event: XMLScanner.Event) throws -> TableRecord? {
    switch event {
    case .start("row", let attributes):
      let next = try attributes["r"].map(number) ?? row + 1
      guard next > row, next <= Workbook.rowLimit else { throw fault }
      (row, fields, rowFault, byteCount, column) = (next, [], nil, 0, -1)
    case .start("c", let attributes):
      column = attributes["r"].map(Self.column) ?? column + 1
      (type, style, text) = (attributes["t"] ?? "n", attributes["s"].flatMap(Int.init), "")
    case .start("v", _), .start("t", _): isText = !isPronunciation
    case .end("v"), .end("t"): isText = false
    case .start("rPh", _): isPronunciation = true
    case .end("rPh"): isPronunciation = false
    case .text(let part) where isText: text += part
    case .end("c"): try endCell()
    case .end("row"):
      return fields.isEmpty && rowFault == nil ? nil : TableRecord(row: row, fields: fields, fault: rowFault)
    case .start, .end, .text: break
    }
    return nil
  }

  private func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw fault }
    return number
  }

  /// The column of a place such as `AB12`, from 0; one that no row has where it is none.
  private static func column(_ place: String) -> Int {
    var column = 0
    for byte in place.utf8 {
      guard (0x41...0x5A).contains(byte), column < 1_000_000 else { break }
      column = column * 26 + Int(byte - 0x40)
    }
    return column == 0 ? TableRecord.fieldLimit : column - 1
  }

  private mutating func endCell() throws {
    let value = try value()
    guard !value.isEmpty, rowFault == nil else { return }
    byteCount += value.utf8.count
    if column >= TableRecord.fieldLimit {
      rowFault = .table(.tooManyFields(limit: TableRecord.fieldLimit))
    } else if byteCount > TableRecord.byteLimit {
      rowFault = .table(.rowTooLong(limit: TableRecord.byteLimit))
    }
    guard rowFault == nil else { return fields = [] }
    guard column >= fields.count else { throw fault }
    fields += Array(repeating: "", count: column - fields.count) + [value]
  }

  private func value() throws -> String {
    switch type {
    case "s":
      if text.isEmpty { return "" }
      let index = try number(text)
      guard texts.indices.contains(index) else { throw fault }
      return texts[index]
    case "d": return CellDate.text(iso: text)
    case "str", "inlineStr": return Self.unescaped(text)
    case "b": return text == "1" ? "TRUE" : text.isEmpty ? "" : "FALSE"
    case "e": return text
    default:
      guard let number = Double(text) else { return text }
      if let style, dateStyles.indices.contains(style), dateStyles[style],
        let date = CellDate.text(number, since1904: since1904)
      {
        return date
      }
      return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
  }

  /// A text with the characters that XML cannot hold, which Excel writes as `_x000D_`.
  static func unescaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    return text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? String(match.0)
    }
  }
}
