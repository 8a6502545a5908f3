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

  func summary(_ client: ServerClient) async throws -> ToldSummary {
    let message = try await Lanyard_V1_AttendanceService.Client(wrapping: client).summarizeAttendance(
      .with {
        $0.name = ResourceName.attendance(of: event).description
        $0.day = day ?? ""
        $0.grouping = grouping?.wire ?? .unspecified
      }
    )
    return try ToldSummary(message)
  }
}

/// How many came on a day, for people, spreadsheets and programs.
struct AttendanceDayTable: Encodable {
  struct Row: Encodable {
    let key: String
    let name: String
    let came: Int
    let expected: Int?
    let confirmed: Int?

    init(_ row: AttendanceSummary.Row, _ name: String) {
      (key, self.name) = (row.key, name)
      (came, expected, confirmed) = (row.counts.came, row.counts.expected, row.counts.confirmed)
    }

    var counts: [String] { AttendanceDayTable.cells([came, expected, confirmed]) }
  }

  static let columns = ["key", "name", "came", "expected", "confirmed"]
  /// The widest that names are shown, in cells of a terminal, so that a line fits 80 columns.
  private static let widest = 44

  let event: String
  let day: String
  let by: String?
  let came: Int
  let expected: Int?
  let confirmed: Int?
  let rehearsal: Bool
  let rows: [Row]

  init(_ told: ToldSummary) {
    (event, rehearsal) = (told.event, told.isRehearsal)
    let summary = told.summary
    (day, by) = ("\(summary.day)", summary.grouping?.spelling)
    (came, expected, confirmed) = (summary.all.came, summary.all.expected, summary.all.confirmed)
    rows = zip(summary.rows, told.names).map { Row($0, $1) }
  }

  /// Rows for spreadsheets, with all together where nothing is counted apart.
  var csv: [[String]] {
    guard by != nil else { return [["", ""] + Self.cells([came, expected, confirmed])] }
    return rows.map { [$0.key, $0.name] + $0.counts }
  }

  private static func cells(_ counts: [Int?]) -> [String] { counts.map { $0.map(String.init) ?? "" } }

  func print(_ phrasebook: Phrasebook) {
    if rehearsal { Console.line(" \(phrasebook.text(.listNothingReal)) ", "30;43") }
    let facts: [String: Sentence.Fact] = [
      "event": .text(event), "day": .text(day), "count": .count(came), "expected": .count(expected ?? 0),
      "confirmed": .count(confirmed ?? 0),
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
