import LanyardAPI
import LanyardDomain
import LanyardTexts

/// What came of an import, as `lanyard registrations import` prints it.
struct ImportSummary: Encodable {
  /// A fault of a row.
  struct Refused: Encodable {
    let row: Int
    let field: String
    let reason: String
    /// Name or address; nil where the row says neither.
    var person: String?
  }

  /// What a row says otherwise than the registration.
  struct Change: Encodable {
    let row: Int
    let person: String
    let registration: String
    let field: String
    let before: String
    let after: String
  }

  /// Rows that are sent.
  var sent = 0
  private(set) var imported = 0
  private(set) var unchanged = 0
  private(set) var waitlisted = 0
  /// How many people are written to; nil where nobody is.
  private(set) var mails: Int?
  private(set) var refused: [Refused] = []
  /// How many rows were refused.
  private(set) var refusedCount = 0
  /// The same, where they are not all listed.
  private var refusedRows: Int?
  /// How many rows changed a registration; nil where they were not to.
  private(set) var updated: Int?
  /// How many of those who waited got the places that these gave back; nil where they were not to.
  private(set) var movedUp: Int?
  /// How many badges doors show otherwise since; nil where no registration was to be changed.
  private(set) var badges: Int?
  /// What they changed; nil where they were not to.
  private(set) var changes: [Change]?
  /// How many rows were refused because they differ; nil where none did.
  private(set) var differing: Int?
  /// Whether nothing was changed; nil where it was.
  private let dryRun: Bool?

  init(isDryRun: Bool, isUpdate: Bool) {
    dryRun = isDryRun ? true : nil
    if isUpdate { (updated, movedUp, badges, changes) = (0, 0, 0, []) }
  }

  enum CodingKeys: String, CodingKey {
    case imported, unchanged, waitlisted, mails, updated, badges, changes, differing, refused
    case movedUp = "moved_up"
    case refusedRows = "refused_rows"
    case dryRun = "dry_run"
  }

  /// What is wrong with each refused row, in a text; also of those that are not listed any more.
  private(set) var reasons: [Int: String] = [:]

  /// Who the refused rows are of.
  var people: [Int: String] {
    get { Dictionary(refused.compactMap { row in row.person.map { (row.row, $0) } }) { first, _ in first } }
    set { for index in refused.indices { refused[index].person = newValue[refused[index].row] } }
  }

  /// Notes a row that was refused before it was sent.
  mutating func refuse(_ row: Int, _ input: InvalidInput, _ language: Language) {
    refusedCount += 1
    reasons[row] = Self.text(of: input.violations.map { ($0.field, $0.reason(in: language)) })
    guard refused.count < RequestLimit.faults else { return }
    list(input.violations.map { Refused(row: row, field: $0.field, reason: $0.reason(in: language)) })
  }

  /// - Parameter language: Of what is said where the server does not tell what is wrong with a row.
  mutating func add(_ response: Lanyard_V1_ImportRegistrationsResponse, _ language: Language) {
    imported = Int(response.imported)
    unchanged = Int(response.unchanged)
    waitlisted = Int(response.waitlisted)
    if response.mailCount > 0 { mails = Int(response.mailCount) }
    refusedCount += Int(response.refusedCount)
    if response.differingCount > 0 { differing = Int(response.differingCount) }
    if updated != nil {
      (updated, movedUp) = (Int(response.updated), Int(response.movedUp))
      badges = Int(response.badgeCount)
      changes = response.changed.flatMap { row in
        row.changes.map { change in
          Change(
            row: Int(row.row),
            person: row.displayName,
            registration: row.registration,
            field: change.field,
            before: change.before,
            after: change.after
          )
        }
      }
    }
    list(response.refused.map { Refused(row: Int($0.row), field: $0.field, reason: $0.reason) })
    for (row, faults) in Dictionary(grouping: response.refused, by: \.row) {
      reasons[Int(row)] = Self.text(of: faults.map { ($0.field, $0.reason) })
    }
    for group in response.alsoRefused {
      let reason =
        group.reason.isEmpty
        ? Phrasebook.of(language).text(.importNotTold) : Self.text(of: [(group.field, group.reason)])
      for row in group.rows { reasons[Int(row)] = reason }
    }
    refused.sort { $0.row < $1.row }
    let listed = Set(refused.map(\.row)).count
    if listed < refusedCount { refusedRows = refusedCount }
  }

  private static func text(of faults: [(field: String, reason: String)]) -> String {
    faults.map { "\($0.field): \($0.reason)" }.joined(separator: "; ")
  }

  /// Faults past so many as the server lists are counted alone.
  private mutating func list(_ faults: [Refused]) {
    refused += faults.prefix(max(0, RequestLimit.faults - refused.count))
  }
}
