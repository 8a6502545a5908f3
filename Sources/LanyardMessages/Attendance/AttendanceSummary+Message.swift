package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_AttendanceSummary {
  /// - Parameter event: Slug of the event.
  package init(_ found: SummarizedAttendance, of event: String, in language: Language) {
    let summary = found.summary
    self.init()
    name = ResourceName.attendance(of: event).description
    day = "\(summary.day)"
    grouping = summary.grouping?.wire ?? .unspecified
    came = Int32(clamping: summary.all.came)
    confirmed = Int32(clamping: summary.all.confirmed ?? 0)
    expected = Int32(clamping: summary.all.expected ?? 0)
    timeZone = found.timeZone.rawValue
    rows = summary.rows.map { row in
      .with {
        $0.key = row.key
        switch summary.grouping {
        case .session:
          $0.key = ResourceName.session(row.key, of: event).description
          $0.displayName = found.sessionTitles[row.key]?.text(in: language) ?? ""
        case .group:
          let terms = found.terms
          $0.displayName = terms.groupLabel(row.key, in: language) ?? terms.roleLabel(row.key, in: language) ?? ""
        case .country, .participation, .hour, nil: break
        }
        $0.came = Int32(clamping: row.counts.came)
        if let count = row.counts.confirmed { $0.confirmed = Int32(clamping: count) }
        if let fill = row.fill {
          ($0.inAll, $0.mostInside) = (Int32(clamping: fill.inAll), Int32(clamping: fill.most))
          if let limit = fill.capacity { $0.capacity = Int32(clamping: limit) }
        }
        if let count = row.counts.expected { $0.expected = Int32(clamping: count) }
      }
    }
  }
}

/// How many came on a day, as a server told it.
package struct ToldSummary: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  package let summary: AttendanceSummary
  /// What the rows are called in the reader's language, in their order; empty where the key says it.
  package let names: [String]
  package let isRehearsal: Bool

  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_AttendanceSummary) throws(InvalidInput) {
    event = try ResourceName.attendance(message.name, field: "name")
    let grouping = try AttendanceGrouping.stated(message.grouping, field: "grouping")
    var rows: [AttendanceSummary.Row] = []
    for (index, row) in message.rows.enumerated() {
      rows.append(try AttendanceSummary.Row(row, by: grouping, under: "rows[\(index)]."))
    }
    summary = AttendanceSummary(
      day: try LocalDate(message.day, field: "day"),
      grouping: grouping,
      rows: rows,
      all: .init(came: Int(message.came), confirmed: Int(message.confirmed), expected: Int(message.expected))
    )
    names = message.rows.map(\.displayName)
    isRehearsal = message.rehearsal
  }
}

extension AttendanceSummary.Row {
  fileprivate init(
    _ message: Lanyard_V1_AttendanceSummary.Row,
    by grouping: AttendanceGrouping?,
    under prefix: String
  ) throws(InvalidInput) {
    let isSession = grouping == .session
    self.init(
      key: isSession ? try ResourceName.session(message.key, field: "\(prefix)key").id : message.key,
      counts: AttendanceSummary.Counts(
        came: Int(message.came),
        confirmed: message.hasConfirmed ? Int(message.confirmed) : nil,
        expected: message.hasExpected ? Int(message.expected) : nil
      ),
      fill: isSession
        ? Fill(
          inAll: Int(message.inAll),
          most: Int(message.mostInside),
          capacity: try message.hasCapacity ? Capacity.limit(message.capacity, field: "\(prefix)capacity") : nil
        ) : nil
    )
  }
}

extension Lanyard_V1_SummarizeAttendanceRequest {
  /// The day that is asked about; nil where none is.
  ///
  /// - Throws: `InvalidInput` where it is no date.
  package var date: LocalDate? {
    get throws(InvalidInput) { day.isEmpty ? nil : try LocalDate(day, field: "day") }
  }
}

extension AttendanceGrouping: WireValue {
  package static let wirePrefix = "ATTENDANCE_GROUPING_"

  package var wire: Lanyard_V1_AttendanceGrouping {
    switch self {
    case .country: .country
    case .group: .group
    case .participation: .participation
    case .hour: .hour
    case .session: .session
    }
  }
}

extension Lanyard_V1_AttendanceGrouping: WireEnum {
  package typealias Value = AttendanceGrouping
}
