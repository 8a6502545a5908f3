import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// How many came on a day, as `lanyard attendance --day --by` shows it.
struct AttendanceDay {
  /// Slug of the event.
  let event: String
  /// Nil for today.
  let day: String?
  let grouping: AttendanceGrouping?

  func summary(_ client: ServerClient) async throws -> Lanyard_V1_AttendanceSummary {
    try await Lanyard_V1_AttendanceService.Client(wrapping: client).summarizeAttendance(
      .with {
        $0.name = ResourceName.attendance(of: event).description
        $0.day = day ?? ""
        $0.grouping = grouping?.wire ?? .unspecified
      }
    )
  }
}

/// How many came on a day, for people, spreadsheets and programs.
struct AttendanceDayTable: Encodable {
  struct Row: Encodable {
    let key: String
    let name: String
    let came: Int32
    let expected: Int32?
    let confirmed: Int32?

    init(_ row: Lanyard_V1_AttendanceSummary.Row, by grouping: AttendanceGrouping?) throws(InvalidInput) {
      // Of a resource name, the id.
      key = grouping == .session ? try ResourceName.session(row.key, field: "rows.key").id : row.key
      (name, came) = (row.displayName, row.came)
      expected = row.hasExpected ? row.expected : nil
      confirmed = row.hasConfirmed ? row.confirmed : nil
    }

    var counts: [String] { [came, expected, confirmed].map { $0.map(String.init) ?? "" } }
  }

  static let columns = ["key", "name", "came", "expected", "confirmed"]
  /// The widest that names are shown, in cells of a terminal, so that a line fits 80 columns.
  private static let widest = 44

  let event: String
  let day: String
  let by: String?
  let came: Int32
  let expected: Int32
  let confirmed: Int32
  let rehearsal: Bool
  let rows: [Row]

  /// - Throws: `InvalidInput` where the server counted by what this version does not know.
  init(_ summary: Lanyard_V1_AttendanceSummary) throws(InvalidInput) {
    event = try ResourceName.attendance(summary.name, field: "name")
    (day, rehearsal) = (summary.day, summary.rehearsal)
    let grouping = try AttendanceGrouping.stated(summary.grouping, field: "grouping")
    by = grouping?.spelling
    (came, expected, confirmed) = (summary.came, summary.expected, summary.confirmed)
    rows = try summary.rows.map { row throws(InvalidInput) in try Row(row, by: grouping) }
  }

  /// Rows for spreadsheets, with all together where nothing is counted apart.
  var csv: [[String]] {
    guard by != nil else { return [["", "", "\(came)", "\(expected)", "\(confirmed)"]] }
    return rows.map { [$0.key, $0.name] + $0.counts }
  }

  func print(_ phrasebook: Phrasebook) {
    if rehearsal { Console.line(" \(phrasebook.text(.listNothingReal)) ", "30;43") }
    let facts: [String: Sentence.Fact] = [
      "event": .text(event), "day": .text(day), "count": .count(Int(came)), "expected": .count(Int(expected)),
      "confirmed": .count(Int(confirmed)),
    ]
    Console.line(phrasebook.text(Sentence(.listCameOn, facts)), "1")
    guard by != nil else { return }
    let names = rows.map { row in
      let parts = [row.key, row.name].filter { !$0.isEmpty }
      return parts.isEmpty ? phrasebook.text(.listNotStated) : parts.joined(separator: "  ")
    }
    let shown = names.map { TextWidth.cut($0, to: Self.widest) }
    let width = shown.map { TextWidth.columns(of: $0) }.max() ?? 0
    let hasRegistered = rows.contains { $0.expected != nil }
    let heads = ([.listCame] + (hasRegistered ? [.listExpected, .listConfirmed] : [])).map { phrasebook.text($0) }
    func line(_ name: String, _ cells: [String]) -> String {
      let cells = zip(cells, heads).map { cell, head in
        String(repeating: " ", count: max(0, max(5, TextWidth.columns(of: head)) - TextWidth.columns(of: cell))) + cell
      }
      let blanks = String(repeating: " ", count: max(0, width - TextWidth.columns(of: name)))
      return "  " + ([name + blanks] + cells).joined(separator: "  ")
    }
    Console.line(line("", heads))
    for (name, row) in zip(shown, rows) { Console.line(line(name, row.counts)) }
  }
}
