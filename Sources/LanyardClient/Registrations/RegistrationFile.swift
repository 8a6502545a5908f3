import Foundation
package import LanyardDomain

/// A file of registrations as people have it: CSV, or JSON or the first sheet of an Excel workbook, which are made one. It is read
/// part by part, several times: to find how it is written, to see that all of it can be read before anything is sent, to send it,
/// and to tell what was refused. So little of it is in memory, however large it is and whatever it holds.
package struct RegistrationFile {
  /// What is said of a file by who hands it over.
  package struct Options: Sendable {
    /// Nil where it is to be found.
    package var encoding: TextEncoding?
    package var mapping = ColumnMapping()
    /// Whether columns that are not known are passed over.
    package var ignoresUnknown = false

    package init() {}
  }

  /// Why a file is not taken.
  package enum Refusal: Error {
    case unreadable
    /// It came through a pipe and is larger than this.
    case tooLarge(mebibytes: Int)
    /// What it says is refused as a whole; `isChanged` where it could be read before.
    case refused(InvalidInput, isChanged: Bool)
  }

  /// The most MiB of a file that cannot be read twice, and is copied therefore.
  package static let pipeLimit = 256
  private static let partBytes = 65_536
  /// Within so many bytes the first character stands that is no blank.
  private static let headBytes = 4096

  /// In which encoding it is read.
  package let encoding: TextEncoding
  private let options: Options
  /// What its columns are called, where none of its rows names them.
  private let columns: [String]?
  private let handle: FileHandle
  private var table: RegistrationTable
  private var isAtEnd = false
  private var isChecked = false

  /// - Parameter path: `-` for standard input.
  /// - Throws: `Refusal` where it cannot be opened, or nobody can tell how it is written.
  package init(_ path: String, _ options: Options = Options()) throws {
    let opened = path == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: path)
    guard let opened else { throw Refusal.unreadable }
    self.options = options
    do {
      let file = try Self.goesBack(opened) ? opened : Self.spooled(opened)
      let head = [UInt8](try file.read(upToCount: Self.headBytes) ?? Data())
      try file.seek(toOffset: 0)
      if head.starts(with: Workbook.otherMark) { throw InvalidInput(field: "file", .table(.otherWorkbook)) }
      if RegistrationObjects.begins(with: head) {
        let names = try Self.columns(ofObjectsIn: file)
        (columns, handle, encoding) = (names, try Self.table(ofObjectsIn: file, columns: names), .utf8)
      } else if head.starts(with: Workbook.mark) {
        (columns, handle, encoding) = (nil, try Self.sheet(of: Workbook(file)), .utf8)
      } else {
        (columns, handle, encoding) = (nil, file, try options.encoding ?? Self.encoding(of: file))
      }
    } catch let refusal as Refusal {
      throw refusal
    } catch let input as InvalidInput {
      throw Refusal.refused(input, isChanged: false)
    } catch {
      throw Refusal.unreadable
    }
    table = Self.table(encoding, columns, options)
  }

  /// The header, once it was checked.
  package var header: TableRecord? { table.header }
  /// Names of columns that are passed over, once it was checked.
  package private(set) var ignored: [String] = []
  /// Names of columns that are passed over as Lanyard decides what stands there, once it was checked.
  package private(set) var decided: [String] = []
  /// The fields that it has columns for, once its header was read.
  package var fields: [RegistrationField] { table.fields }
  /// What separates its fields.
  package var separator: Character { table.separator }

  /// Reads all of it, hands each row to the body, and goes back to its beginning.
  ///
  /// - Throws: `Refusal` where it is refused as a whole; what the body throws.
  package mutating func check(_ body: (RegistrationTable.Row) throws -> Void) throws {
    while let rows = try next() { try rows.forEach(body) }
    isChecked = true
    (ignored, decided) = (table.ignored, table.decided)
    try rewind()
  }

  /// Goes back to its beginning.
  package mutating func rewind() throws {
    try handle.seek(toOffset: 0)
    (table, isAtEnd) = (Self.table(encoding, columns, options), false)
  }

  /// The rows that end in its next part; nil after the last.
  package mutating func next() throws -> [RegistrationTable.Row]? {
    guard !isAtEnd else { return nil }
    let part: Data
    do {
      part = try handle.read(upToCount: Self.partBytes) ?? Data()
    } catch {
      throw Refusal.unreadable
    }
    do throws(InvalidInput) {
      guard part.isEmpty else { return try table.read([UInt8](part)) }
      isAtEnd = true
      return try table.finish()
    } catch {
      throw Refusal.refused(error, isChanged: isChecked)
    }
  }

  /// What a row calls its person: their name, else their address; nil where it says neither.
  package func person(of row: RegistrationTable.Row) -> String? { table.person(of: row.record) }

  private static func table(
    _ encoding: TextEncoding,
    _ columns: [String]?,
    _ options: Options
  ) -> RegistrationTable {
    RegistrationTable(
      encoding: encoding,
      columns: columns,
      mapping: options.mapping,
      ignoresUnknown: options.ignoresUnknown
    )
  }

  private static func encoding(of handle: FileHandle) throws -> TextEncoding {
    var finder = EncodingFinder()
    while let part = try handle.read(upToCount: partBytes), !part.isEmpty { finder.read([UInt8](part)) }
    try handle.seek(toOffset: 0)
    return try finder.found()
  }

  /// Whether it can be read twice, which a pipe cannot.
  private static func goesBack(_ handle: FileHandle) -> Bool {
    do {
      try handle.seek(toOffset: 0)
      return true
    } catch {
      return false
    }
  }

  /// A pipe's content in a file without a name, which can be read twice, and which is gone with this process.
  private static func spooled(_ pipe: FileHandle) throws -> FileHandle {
    let file = try temporary()
    var left = pipeLimit << 20
    while let part = try pipe.read(upToCount: partBytes), !part.isEmpty {
      left -= part.count
      guard left >= 0 else { throw Refusal.tooLarge(mebibytes: pipeLimit) }
      try file.write(contentsOf: part)
    }
    try file.seek(toOffset: 0)
    return file
  }

  /// A workbook's sheet as CSV: the same rows at the same places, and those over a limit over the same.
  private static func sheet(of workbook: Workbook) throws -> FileHandle {
    let file = try temporary()
    var text = "sep=,\r\n"
    var line = 1
    try workbook.rows { record in
      while line < record.row {
        text += "\r\n"
        line += 1
      }
      switch record.fault {
      case nil: text += CSVWriter.row(record.fields)
      case .table(.tooManyFields): text += String(repeating: ",", count: TableRecord.fieldLimit + 1) + "\r\n"
      case .some: text += String(repeating: "-", count: TableRecord.byteLimit + 1) + "\r\n"
      }
      line += 1
      if text.utf8.count > partBytes {
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try file.write(contentsOf: Data(text.utf8))
    try file.seek(toOffset: 0)
    return file
  }

  /// The columns of all objects of a JSON text, in the order in which they come.
  private static func columns(ofObjectsIn file: FileHandle) throws -> [String] {
    var (columns, known): ([String], Set<String>) = ([], [])
    try objects(of: file) { cells in
      for (column, _) in cells ?? [] where known.insert(column).inserted { columns.append(column) }
      guard columns.count <= TableRecord.fieldLimit else {
        throw InvalidInput(field: "file", .table(.tooManyFields(limit: TableRecord.fieldLimit)))
      }
    }
    return columns
  }

  /// Objects of a JSON text as CSV, each a row in its place, and those over a limit over the same.
  private static func table(ofObjectsIn text: FileHandle, columns: [String]) throws -> FileHandle {
    let file = try temporary()
    var rows = "sep=,\r\n"
    try objects(of: text) { cells in
      if let cells {
        let texts = Dictionary(cells.map { ($0.column, $0.text) }) { first, _ in first }
        rows += CSVWriter.row(columns.map { texts[$0] ?? "" })
      } else {
        rows += String(repeating: "-", count: TableRecord.byteLimit + 1) + "\r\n"
      }
      guard rows.utf8.count > partBytes else { return }
      try file.write(contentsOf: Data(rows.utf8))
      rows = ""
    }
    try file.write(contentsOf: Data(rows.utf8))
    try file.seek(toOffset: 0)
    return file
  }

  /// Hands what each object of a JSON text says to the body, from its beginning.
  private static func objects(of file: FileHandle, _ body: (RegistrationObjects.Cells) throws -> Void) throws {
    var objects = RegistrationObjects()
    try file.seek(toOffset: 0)
    while let part = try file.read(upToCount: partBytes), !part.isEmpty {
      var found: [RegistrationObjects.Cells] = []
      try objects.read([UInt8](part)) { found.append($0) }
      try found.forEach(body)
    }
    try objects.finish()
  }

  /// A file without a name, which is gone with this process.
  private static func temporary() throws -> FileHandle {
    let template = FileManager.default.temporaryDirectory.appending(path: "lanyard-XXXXXX").path
    var name = Array(template.utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    unlink(name)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
