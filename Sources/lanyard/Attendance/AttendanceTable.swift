import LanyardDomain
import LanyardMessages
import LanyardScanner
import LanyardTexts

/// The headcounts of an event as a table that fits a terminal of 80 columns.
struct AttendanceTable {
  static let width = 80
  /// The widest that names of checkpoints are shown.
  private static let widest = 24

  private let attendance: ToldAttendance

  init(_ attendance: ToldAttendance) { self.attendance = attendance }

  private var counts: AttendanceCounts { attendance.counts }

  /// When they were counted, for a sentence.
  var readAt: Sentence.Fact { .moment(attendance.readAt, VenueTime(zone: counts.timeZone)) }

  func print() { for line in shown(.ofSystem) { Console.line(line.text, line.style) } }

  /// All its lines, with what is said above it.
  func shown(_ phrasebook: Phrasebook) -> [ShownLine] {
    let above = attendance.isRehearsal ? Self.framed(phrasebook.text(.listNothingReal)) : []
    return above.map { ShownLine($0, "30;43") }
      + lines(phrasebook).enumerated().map { ShownLine($1, $0 == 0 ? "1" : nil) }
  }

  /// What is said above or below the table, in lines as wide as it is at most, a blank on either side.
  static func framed(_ text: String) -> [String] { TextWidth.wrapped(text, to: width - 2).map { " \($0) " } }

  /// The head, the names of the columns, a line for each checkpoint, and one for all.
  func lines(_ phrasebook: Phrasebook) -> [String] {
    let facts: [String: Sentence.Fact] = [
      "event": .text(attendance.event), "time": readAt, "count": .count(counts.peopleInside),
    ]
    let heads: [String] = [.listInside, .listInArea, .listAdmittedToday].map { phrasebook.text($0) }
    let total = counts.checkpoints.flatMap(\.refused.values).reduce(0, +)
    var rows: [(name: String, counts: [String], notes: String)] = [("", heads, phrasebook.text(.listRefusedToday))]
    rows += counts.checkpoints.map { counts in
      let area = counts.capacity.map { "\(counts.areaInside)/\($0)" } ?? ""
      return (counts.displayName, ["\(counts.inside)", area, "\(counts.admitted)"], notes(counts, phrasebook))
    }
    rows.append((phrasebook.text(.listTotal), ["\(counts.peopleInside)", "", ""], "\(total)"))
    let widths = heads.indices.map { column in rows.map { TextWidth.columns(of: $0.counts[column]) }.max() ?? 0 }
    let rest = Self.width - 4 - widths.reduce(0) { $0 + 2 + $1 }
    let name = min(Self.widest, rest, rows.map { TextWidth.columns(of: $0.name) }.max() ?? 0)
    return [TextWidth.cut(phrasebook.text(Sentence(.listPeopleInside, facts)), to: Self.width)]
      + rows.map { row in
        let shown = TextWidth.cut(row.name, to: name)
        let cells =
          [shown + blanks(name - TextWidth.columns(of: shown))]
          + zip(row.counts, widths).map { blanks($1 - TextWidth.columns(of: $0)) + $0 }
        let line = "  " + cells.joined(separator: "  ") + "  "
        return line + TextWidth.cut(row.notes, to: Self.width - TextWidth.columns(of: line))
      }
  }

  /// That it is closed, to which session it leads, and why scans were refused, of which there may be more than fits.
  private func notes(_ counts: AttendanceCounts.Checkpoint, _ phrasebook: Phrasebook) -> String {
    let refused = RefusalReason.allCases.compactMap { reason in
      counts.refused[reason].map { "\($0) \(phrasebook.text(reason.title))" }
    }.joined(separator: ", ")
    let session = [counts.session?.id ?? "", counts.session?.title ?? ""].filter { !$0.isEmpty }
    return [counts.isClosed ? phrasebook.text(.listClosedNow) : "", session.joined(separator: " "), refused].filter {
      !$0.isEmpty
    }.joined(separator: "  ")
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
