/// What a run counts and measures, by the names that reports have; in the order in which people ask for it.
enum RunOperation: String, CaseIterable {
  /// A scan that the server answered.
  case checkIn = "check_in"
  /// A look-up by name.
  case search
  /// A registration on the spot, and the badge that follows it.
  case register
  /// Watching all of an event.
  case attendance
  /// A screen that watches its door.
  case headcount
  /// A scan that a lane answered by itself, or, where that fails, that it could not answer without the server.
  case offlineCheckIn = "check_in_offline"
  /// A connection of watchers that could not even be tried.
  case connect
  case issueBadge = "issue_badge"
  /// A lane's stream, which only fails: why streams were lost, and how often.
  case stream = "lane_stream"
  /// Following a roster.
  case roster

  /// For people.
  var words: String {
    switch self {
    case .checkIn: "check-ins"
    case .search: "look-ups by name"
    case .register: "registrations"
    case .attendance: "attendance views"
    case .headcount: "headcounts of screens"
    case .offlineCheckIn, .connect, .issueBadge, .stream, .roster: rawValue.replacing("_", with: " ")
    }
  }
}
