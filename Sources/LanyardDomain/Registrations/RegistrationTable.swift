/// A table of registrations as organisers import it: CSV with a header, a row for each person, nothing checked yet that
/// depends on the event. It is read part by part, so that a file of any length takes little memory.
package struct RegistrationTable: Sendable {
  /// A row that is not empty.
  package struct Row: Sendable {
    /// As a spreadsheet counts: the header is row 1.
    package let row: Int
    package let content: Result<RegistrationForm, InvalidInput>
  }

  /// Names of the columns, in the order in which exports write them; a table may have them in any order.
  package static let columns = RegistrationField.allCases.map(\.name)

  private var reader = CSVReader()
  /// What the header names; nil until it has come.
  private var columns: [RegistrationField]?

  package init() {}

  /// The rows of a whole table.
  ///
  /// - Throws: As `read` and `finish` do.
  package static func rows(csv bytes: [UInt8]) throws(InvalidInput) -> [Row] {
    var table = RegistrationTable()
    return try table.read(bytes) + table.finish()
  }

  /// The rows that end in the next part of the table.
  ///
  /// - Throws: `InvalidInput` where the table as a whole is at fault: its encoding, its header. The fault of a row stands
  ///   in that row.
  package mutating func read(_ part: [UInt8]) throws(InvalidInput) -> [Row] {
    var rows: [Row] = []
    var columns = columns
    try reader.read(part) { (record) throws(InvalidInput) in
      if let row = try Self.row(record, &columns) { rows.append(row) }
    }
    self.columns = columns
    return rows
  }

  /// The row that ends with the table, where no line break follows it.
  ///
  /// - Throws: `InvalidInput` where there is no header, or a quote never ends.
  package mutating func finish() throws(InvalidInput) -> [Row] {
    var row: Row?
    if let last = try reader.finish() { row = try Self.row(last, &columns) }
    guard columns != nil else {
      throw InvalidInput(field: "row 1", .table(.empty(header: Self.columns.joined(separator: ","))))
    }
    return row.map { [$0] } ?? []
  }

  /// The row of a record; nil for the header, which comes first, and where it is empty.
  private static func row(_ record: CSVReader.Record, _ columns: inout [RegistrationField]?) throws(InvalidInput)
    -> Row?
  {
    guard record.fault != nil || record.fields.contains(where: { !$0.isEmpty }) else { return nil }
    guard let known = columns else {
      columns = try Self.columns(of: record)
      return nil
    }
    do throws(InvalidInput) {
      return Row(row: record.row, content: .success(try form(record, columns: known)))
    } catch {
      return Row(row: record.row, content: .failure(error))
    }
  }

  private static func columns(of header: CSVReader.Record) throws(InvalidInput) -> [RegistrationField] {
    if let fault = header.fault { throw InvalidInput(field: "row \(header.row)", fault) }
    if header.fields.count == 1, let first = header.fields.first, first.contains(where: { $0 == ";" || $0 == "\t" }) {
      throw InvalidInput(field: "row \(header.row)", .table(.otherSeparator))
    }
    var check = FieldCheck()
    var found: [RegistrationField] = []
    for (index, name) in header.fields.enumerated() {
      let field = "column \(index + 1)"
      guard let column = RegistrationField(name: name) else {
        let shown = String(name.prefix(40))
        let near = NearestName.nearest(to: name, among: Self.columns)
        check.add(
          field,
          near.map { .table(.misspeltColumn(name: shown, meant: $0)) }
            ?? .table(.unknownColumn(name: shown, known: Self.columns.joined(separator: ", ")))
        )
        continue
      }
      if found.contains(column) { check.add(field, .table(.doubledColumn(name: name))) }
      found.append(column)
    }
    for column in RegistrationField.allCases where column.isRequired && !found.contains(column) {
      check.add(column.name, .table(.missingColumn))
    }
    try check.finish()
    return found
  }

  private static func form(
    _ record: CSVReader.Record,
    columns: [RegistrationField]
  ) throws(InvalidInput) -> RegistrationForm {
    if let fault = record.fault { throw InvalidInput(field: "row", fault) }
    guard record.fields.count == columns.count else {
      throw InvalidInput(
        field: "row",
        .table(.otherFieldCount(fields: record.fields.count, header: columns.count))
      )
    }
    var check = FieldCheck()
    var form = RegistrationForm()
    for (column, text) in zip(columns, record.fields) { set(column, of: &form, to: text, &check) }
    try check.finish()
    return form
  }

  private static func set(
    _ column: RegistrationField,
    of form: inout RegistrationForm,
    to text: String,
    _ check: inout FieldCheck
  ) {
    switch column {
    case .person(let field): form.person[field] = text
    case .stakeholderGroup: form.stakeholderGroup = text
    case .guestRole: form.guestRole = text
    case .participation:
      form.participation = Participation(rawValue: text)
      if form.participation == nil { check.add(column.name, .table(.unknownParticipation)) }
    case .days: form.days = text.split { $0 == " " || $0 == ";" || $0 == "," }.map(String.init)
    case .answer(let question):
      if let fault = form.answers.take(text, to: question) { check.add(column.name, fault) }
    }
  }
}
