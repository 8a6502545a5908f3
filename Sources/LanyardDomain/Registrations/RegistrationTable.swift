/// A table of registrations as organisers import it: a header, a row for each person, nothing checked yet that depends on the
/// event. It is read part by part, so that a file of any length takes little memory.
package struct RegistrationTable: Sendable {
  /// A row that is not empty.
  package struct Row: Sendable {
    /// As the file has it.
    package let record: TableRecord
    package let content: Result<RegistrationForm, InvalidInput>
    /// What could be read of it, whatever is wrong with the rest; nil where nothing could.
    private let readable: RegistrationForm?
    /// The fields of which it says something: the others are empty, or no column has them.
    package let said: [RegistrationField]

    /// As a spreadsheet counts: the header is row 1.
    package var row: Int { record.row }

    fileprivate init(
      _ record: TableRecord,
      _ content: Result<RegistrationForm, InvalidInput>,
      readable: RegistrationForm? = nil,
      said: [RegistrationField] = []
    ) {
      (self.record, self.content, self.readable, self.said) = (record, content, readable, said)
    }

    /// All that is wrong with a row that is refused: what its cells cannot be, and what of the rest an event does not take; nil
    /// where nothing is wrong with its cells.
    ///
    /// - Parameter event: Nil where nobody knows what it takes.
    package func faults(for event: Event?) -> InvalidInput? {
      guard case .failure(let input) = content else { return nil }
      guard let event, let readable else { return input }
      do throws(InvalidInput) {
        _ = try readable.validated(for: event, isRow: true)
        return input
      } catch {
        // Of a cell that could not be read the form says nothing.
        let unread = input.violations.filter { violation in
          if case .table(.twice) = violation.fault { false } else { true }
        }
        let rest = error.violations.filter { !unread.map(\.field).contains($0.field) }
        return InvalidInput(input.violations + rest)
      }
    }
  }

  /// What a column of the table holds.
  private enum Column: Sendable {
    case field(RegistrationField)
    /// Something that exports add: it is read where a rule asks for it.
    case addition(RegistrationAddition)
    case ignored
    /// It has no name, so that nothing may stand there.
    case unnamed
  }

  /// Names of the columns, in the order in which exports write them; a table may have them in any order.
  package static let columns = RegistrationField.allCases.map(\.name)

  /// The most characters of a name that are shown.
  private static let shownLimit = 80

  /// What it has as columns where no row of it names them.
  private let named: [String]?
  private let mapping: ColumnMapping
  private let ignoresUnknown: Bool
  private var decoder: TextDecoder
  private var reader = CSVReader()
  /// What the header names; nil until it has come.
  private var columns: [Column]?
  /// The header as the file has it; nil until it has come.
  package private(set) var header: TableRecord?
  /// Names of columns that are passed over, as nobody knows them.
  package private(set) var ignored: [String] = []
  /// Names of columns that are passed over, as Lanyard decides what stands there.
  package private(set) var decided: [String] = []
  private var addresses = RowAddresses()

  /// - Parameters:
  ///   - encoding: Of a table that comes as text.
  ///   - columns: What its columns are called, where its first row is that of a person; else its header says so.
  ///   - mapping: What the table calls otherwise.
  ///   - ignoresUnknown: Whether columns that are not known are passed over; else they refuse the table.
  package init(
    encoding: TextEncoding = .utf8,
    columns: [String]? = nil,
    mapping: ColumnMapping = ColumnMapping(),
    ignoresUnknown: Bool = false
  ) {
    decoder = TextDecoder(encoding)
    named = columns
    self.mapping = mapping
    self.ignoresUnknown = ignoresUnknown
  }

  /// The fields that it has columns for; none until the header has come.
  package var fields: [RegistrationField] {
    (columns ?? []).compactMap { if case .field(let field) = $0 { field } else { nil } }
  }

  /// What separates the fields of the text.
  package var separator: Character { Character(Unicode.Scalar(reader.separator)) }

  /// The rows of a whole table.
  ///
  /// - Throws: As `read` and `finish` do.
  package static func rows(csv bytes: [UInt8]) throws(InvalidInput) -> [Row] {
    var table = RegistrationTable()
    return try table.read(bytes) + table.finish()
  }

  /// The rows that end in the next part of the text.
  ///
  /// - Throws: `InvalidInput` where the table as a whole is at fault: its encoding, its header. The fault of a row stands
  ///   in that row.
  package mutating func read(_ part: [UInt8]) throws(InvalidInput) -> [Row] {
    let text = try decoder.decode(part)
    return try rows { (reader, body) throws(InvalidInput) in try reader.read(text, body) }
  }

  /// The rows that end with the text.
  ///
  /// - Throws: `InvalidInput` where there is no header, or a quote never ends.
  package mutating func finish() throws(InvalidInput) -> [Row] {
    let text = try decoder.finish()
    let last = try rows { (reader, body) throws(InvalidInput) in
      try reader.read(text, body)
      try reader.finish(body)
    }
    try requireHeader()
    return last
  }

  /// The rows that a step of the reader takes off the text. What is wrong with the header is told before what is wrong with the
  /// text after it.
  private mutating func rows(
    _ step: (inout CSVReader, (TableRecord) -> Void) throws(InvalidInput) -> Void
  ) throws(InvalidInput) -> [Row] {
    var records: [TableRecord] = []
    var fault: InvalidInput?
    do throws(InvalidInput) { try step(&reader) { records.append($0) } } catch { fault = error }
    var rows: [Row] = []
    for record in records where !record.isEmpty { if let row = try row(record) { rows.append(row) } }
    if let fault { throw fault }
    return rows
  }

  /// - Throws: `InvalidInput` where the table ended before its header.
  private mutating func requireHeader() throws(InvalidInput) {
    try takeNamedColumns()
    guard header == nil else { return }
    throw InvalidInput(field: "row 1", .table(.empty(header: Self.columns.joined(separator: ","))))
  }

  /// The column of a file of refused rows that says why.
  package static let reasonColumn = RegistrationAddition.refusedBecause.rawValue

  /// Whether a column says why a row was refused before.
  package static func isReason(_ column: String) -> Bool { RegistrationAddition(column: column) == .refusedBecause }

  /// What a record calls its person: their name, else their address; nil where it says neither, or is the header.
  package func person(of record: TableRecord) -> String? {
    var person = Person()
    for (column, cell) in zip(columns ?? [], record.fields) {
      if case .field(.person(let field)) = column { person[field] = String(Self.text(cell).prefix(Self.shownLimit)) }
    }
    let name = person.displayName
    return name.isEmpty ? (person.email.isEmpty ? nil : person.email) : name
  }

  /// What to say of a column that is not known.
  static func unknown(_ name: String) -> Fault {
    let shown = String(name.prefix(40))
    return NearestName.nearest(to: RegistrationField.key(name), among: columns).map {
      .table(.misspeltColumn(name: shown, meant: $0))
    } ?? .table(.unknownColumn(name: shown, known: columns.joined(separator: ", ")))
  }

  /// The row of a record; nil for the header, which comes first.
  private mutating func row(_ record: TableRecord) throws(InvalidInput) -> Row? {
    try takeNamedColumns()
    guard let known = columns else {
      try take(record)
      return nil
    }
    let twice = addresses.note(Self.address(of: record, columns: known), row: record.row)
    var check = FieldCheck()
    let form: RegistrationForm
    do throws(InvalidInput) {
      form = try Self.form(record, columns: known, &check)
    } catch {
      return Row(record, .failure(InvalidInput(error.violations + (twice.map { [$0] } ?? []))))
    }
    if let twice { check.add(twice.field, twice.fault) }
    do throws(InvalidInput) {
      try check.finish()
      return Row(record, .success(form), said: Self.said(record, columns: known))
    } catch {
      return Row(record, .failure(error), readable: form)
    }
  }

  /// Takes a header.
  private mutating func take(_ record: TableRecord) throws(InvalidInput) {
    columns = try columns(of: record)
    header = record
  }

  /// Takes the columns that it was said to have, where that was not done yet.
  private mutating func takeNamedColumns() throws(InvalidInput) {
    guard columns == nil, let named else { return }
    try take(TableRecord(row: 0, fields: named))
  }

  /// The e-mail address that a record has, whatever else is wrong with it; empty where it has none.
  private static func address(of record: TableRecord, columns: [Column]) -> String {
    guard record.fault == nil else { return "" }
    for (column, cell) in zip(columns, record.fields) {
      if case .field(.person(.email)) = column { return text(cell) }
    }
    return ""
  }

  private mutating func columns(of header: TableRecord) throws(InvalidInput) -> [Column] {
    if let fault = header.fault { throw InvalidInput(field: "row \(header.row)", fault) }
    var check = FieldCheck()
    var found: [Column] = []
    var fields: Set<RegistrationField> = []
    for (index, name) in header.fields.enumerated() {
      let place = "column \(index + 1)"
      if let field = mapping.field(of: name) {
        if !fields.insert(field).inserted { check.add(place, .table(.doubledColumn(name: field.column))) }
        found.append(.field(field))
      } else if let addition = RegistrationAddition(column: name) {
        if addition != .refusedBecause { decided.append(name) }
        found.append(.addition(addition))
      } else if RegistrationField.key(name).isEmpty {
        found.append(.unnamed)
      } else {
        if ignoresUnknown { ignored.append(name) } else { check.add(place, Self.unknown(name)) }
        found.append(.ignored)
      }
    }
    for field in RegistrationField.allCases where field.isRequired && !fields.contains(field) {
      check.add(field.name, .table(.missingColumn))
    }
    try check.finish()
    return found
  }

  /// What a record says; what is wrong with its cells goes to the check.
  ///
  /// - Throws: `InvalidInput` where the record as a whole is at fault.
  private static func form(
    _ record: TableRecord,
    columns: [Column],
    _ check: inout FieldCheck
  ) throws(InvalidInput) -> RegistrationForm {
    if let fault = record.fault { throw InvalidInput(field: "row", fault) }
    let fields = record.fields.map(text)
    // Spreadsheets leave empty cells at the end of a row out, or add some.
    if fields.dropFirst(columns.count).contains(where: { !$0.isEmpty }) {
      throw InvalidInput(field: "row", .table(.otherFieldCount(fields: fields.count, header: columns.count)))
    }
    var form = RegistrationForm()
    for (column, text) in zip(columns, fields) where !text.isEmpty {
      switch column {
      case .field(let field) where isError(text): check.add(field.name, .table(.errorCell(value: text)))
      case .field(let field): set(field, of: &form, to: text, &check)
      case .addition(let addition): if let fault = addition.fault(of: text) { check.add(addition.rawValue, fault) }
      case .ignored: break
      case .unnamed: break
      }
    }
    for (index, column) in columns.prefix(fields.count).enumerated() {
      if case .unnamed = column, !fields[index].isEmpty {
        check.add("row", .table(.textWithoutColumn(column: index + 1)))
      }
    }
    return form
  }

  /// Whether a cell says that its formula failed, as spreadsheets show it and write it into files.
  private static func isError(_ text: String) -> Bool {
    text.first == "#" && errors.contains(text.uppercased())
  }

  private static let errors: Set<String> = [
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!",
    "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!", "#TIMEOUT!", "#ERROR!",
  ]

  private static func said(_ record: TableRecord, columns: [Column]) -> [RegistrationField] {
    zip(columns, record.fields).compactMap { column, cell in
      if case .field(let field) = column, !text(cell).isEmpty { field } else { nil }
    }
  }

  /// What a cell says.
  private static func text(_ cell: String) -> String {
    let bytes = cell.utf8
    // Most are plain, and looking at bytes is fast.
    if let first = bytes.first, let last = bytes.last, (0x28...0x7E).contains(first), (0x21...0x7E).contains(last),
      first != 0x2B, first != 0x2D, first != 0x3D, first != 0x40
    {
      return cell
    }
    return FormulaGuard.plain(trimmed(cell))
  }

  /// Without blanks of any kind around it.
  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  /// A day as it is written, without a time of day that a spreadsheet puts behind it.
  private static func day(_ text: Substring) -> String {
    let date = String(text.prefix { $0 != "T" })
    return LocalDate(date) == nil ? String(text) : date
  }

  private static func set(
    _ column: RegistrationField,
    of form: inout RegistrationForm,
    to text: String,
    _ check: inout FieldCheck
  ) {
    switch column {
    case .person(.country):
      if let code = Country.meant(by: text) {
        form.person.country = code
      } else {
        check.add(column.name, .table(.unknownCountry))
      }
    case .person(let field): form.person[field] = text
    case .stakeholderGroup: form.stakeholderGroup = text
    case .guestRole: form.guestRole = text
    case .participation:
      form.participation = Participation(meant: text)
      if form.participation == nil { check.add(column.name, .table(.unknownParticipation)) }
    case .days: form.days = text.split { $0 == " " || $0 == ";" || $0 == "," }.map(day)
    case .answer(let question):
      if let fault = form.answers.take(text, to: question) { check.add(column.name, fault) }
    case .ownAnswer(let question): form.answers.own[question] = text
    }
  }
}

extension Participation {
  /// What a person means by a text, without regard to case, blanks and hyphens; nil where it is neither.
  fileprivate init?(meant text: String) {
    let letters = text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" && $0 != "_" }
    self.init(rawValue: String(String.UnicodeScalarView(letters)).uppercased())
  }
}
