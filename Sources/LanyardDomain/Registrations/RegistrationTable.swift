/// A table of registrations as organisers import it: CSV with a header, a row for each person, nothing checked yet that
/// depends on the event. It is read part by part, so that a file of any length takes little memory.
package struct RegistrationTable: Sendable {
  /// A row that is not empty.
  package struct Row: Sendable {
    /// As a spreadsheet counts: the header is row 1.
    package let row: Int
    package let content: Result<RegistrationForm, InvalidInput>
  }

  private enum Column: String, CaseIterable {
    case email, title
    case givenName = "given_name"
    case familyName = "family_name"
    case organisation, position, country
    case stakeholderGroup = "stakeholder_group"
    case guestRole = "guest_role"
    case participation, language
    case accessibilityNeeds = "accessibility_needs"
    case photoConsent = "photo_consent"
  }

  /// Names of the columns, in the order in which exports write them; a table may have them in any order.
  package static let columns = Column.allCases.map(\.rawValue)
  private static let required: [Column] = [.email, .stakeholderGroup, .participation]

  private var reader = CSVReader()
  /// What the header names; nil until it has come.
  private var columns: [Column]?

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
      throw InvalidInput(field: "row 1", .emptyTable(header: Self.columns.joined(separator: ",")))
    }
    return row.map { [$0] } ?? []
  }

  /// The row of a record; nil for the header, which comes first, and where it is empty.
  private static func row(_ record: CSVReader.Record, _ columns: inout [Column]?) throws(InvalidInput) -> Row? {
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

  private static func columns(of header: CSVReader.Record) throws(InvalidInput) -> [Column] {
    if let fault = header.fault { throw InvalidInput(field: "row \(header.row)", fault) }
    if header.fields.count == 1, let first = header.fields.first, first.contains(where: { $0 == ";" || $0 == "\t" }) {
      throw InvalidInput(field: "row \(header.row)", .otherSeparator)
    }
    var check = FieldCheck()
    var found: [Column] = []
    for (index, name) in header.fields.enumerated() {
      let field = "column \(index + 1)"
      guard let column = Column(rawValue: name) else {
        let shown = String(name.prefix(40))
        let near = NearestName.nearest(to: name, among: Self.columns)
        check.add(
          field,
          near.map { .misspeltColumn(name: shown, meant: $0) }
            ?? .unknownColumn(name: shown, known: Self.columns.joined(separator: ", "))
        )
        continue
      }
      if found.contains(column) { check.add(field, .doubledColumn(name: name)) }
      found.append(column)
    }
    for column in required where !found.contains(column) {
      check.add(column.rawValue, .missingColumn)
    }
    try check.finish()
    return found
  }

  private static func form(
    _ record: CSVReader.Record,
    columns: [Column]
  ) throws(InvalidInput) -> RegistrationForm {
    if let fault = record.fault { throw InvalidInput(field: "row", fault) }
    guard record.fields.count == columns.count else {
      throw InvalidInput(
        field: "row",
        .otherFieldCount(fields: record.fields.count, header: columns.count)
      )
    }
    var check = FieldCheck()
    var form = RegistrationForm()
    for (column, text) in zip(columns, record.fields) { set(column, of: &form, to: text, &check) }
    try check.finish()
    return form
  }

  private static func set(
    _ column: Column,
    of form: inout RegistrationForm,
    to text: String,
    _ check: inout FieldCheck
  ) {
    switch column {
    case .email: form.email = text
    case .title: form.title = text
    case .givenName: form.givenName = text
    case .familyName: form.familyName = text
    case .organisation: form.organisation = text
    case .position: form.position = text
    case .country: form.country = text
    case .stakeholderGroup: form.stakeholderGroup = text
    case .guestRole: form.guestRole = text
    case .participation:
      form.participation = Participation(rawValue: text)
      if form.participation == nil { check.add(column.rawValue, .unknownParticipation) }
    case .language: form.language = text
    case .accessibilityNeeds: form.accessibilityNeeds = text
    case .photoConsent:
      // Spreadsheets write their own truth in capitals.
      switch text.lowercased() {
      case "yes", "true": form.photoConsent = true
      case "no", "false", "": form.photoConsent = false
      default: check.add(column.rawValue, .noYesOrNo)
      }
    }
  }
}
