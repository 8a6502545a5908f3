/// By what people who came are counted apart.
package enum AttendanceGrouping: String, Spelled {
  case country = "COUNTRY"
  /// The stakeholder group; of guests without one, the role.
  case group = "GROUP"
  case participation = "PARTICIPATION"
  /// The hour in which they came for the first time on the day.
  case hour = "HOUR"
  /// Each session to which they were admitted.
  case session = "SESSION"
}

/// How many people came on one day, each once.
package struct AttendanceSummary: Hashable, Sendable {
  /// How many there are of some people.
  package struct Counts: Hashable, Sendable {
    /// Admitted on the day at any checkpoint, by a scan that stands.
    package var came: Int
    /// With a confirmed registration; nil where people are not counted apart by what they are.
    package var confirmed: Int?
    /// Those of them who take part on site and whose registration is for the day.
    package var expected: Int?

    package init(came: Int = 0, confirmed: Int? = nil, expected: Int? = nil) {
      (self.came, self.confirmed, self.expected) = (came, confirmed, expected)
    }
  }

  /// People who have something in common.
  package struct Row: Hashable, Sendable {
    /// How full a session was.
    package struct Fill: Hashable, Sendable {
      /// Whoever was admitted to it, on any day, each once.
      package let inAll: Int
      /// The most who were in it at one moment.
      package let most: Int
      /// How many it takes; nil where there is no limit.
      package let capacity: Int?

      package init(inAll: Int, most: Int, capacity: Int?) {
        (self.inAll, self.most, self.capacity) = (inAll, most, capacity)
      }
    }

    /// What: a code of a country, an id of a group, a role or a session, a word of the contract, an hour such as `08:00`.
    package let key: String
    package let counts: Counts
    /// Where it is a session.
    package let fill: Fill?

    package init(key: String, counts: Counts, fill: Fill? = nil) {
      (self.key, self.counts, self.fill) = (key, counts, fill)
    }
  }

  package let day: LocalDate
  /// Nil where all were counted together.
  package let grouping: AttendanceGrouping?
  package let rows: [Row]
  package let all: Counts

  /// - Parameters:
  ///   - groups: Counts by what people have in common, in any order.
  ///   - fills: How full sessions were, by the same.
  package init(
    day: LocalDate,
    grouping: AttendanceGrouping?,
    groups: [String: Counts],
    fills: [String: Row.Fill] = [:],
    all: Counts
  ) {
    (self.day, self.grouping, self.all) = (day, grouping, all)
    rows = groups.map { Row(key: $0, counts: $1, fill: fills[$0]) }.sorted { one, other in
      if grouping != .hour, one.counts.came != other.counts.came { return one.counts.came > other.counts.came }
      return one.key < other.key
    }
  }

  /// What was summarized before, with its rows as they are.
  package init(day: LocalDate, grouping: AttendanceGrouping?, rows: [Row], all: Counts) {
    (self.day, self.grouping, self.rows, self.all) = (day, grouping, rows, all)
  }

  /// The hour that the clocks of a place show at a moment, such as `08:00`.
  package static func hour(_ moment: Instant, _ calendar: VenueCalendar) -> String {
    let hour = (moment.seconds + Int64(calendar.offset(at: moment))) / 3600 % 24
    return DailyHours.text(Int(hour) * 60)
  }
}
