import GRDB
import LanyardDomain

@testable import LanyardSQLite
@testable import LanyardStore

extension SQLiteStore {
  /// Whether the counts of places, and who still takes part, are what the rules say of each registration.
  func placesAgree() async throws -> Bool {
    try await reading { db in
      var taken: [Int64: Int] = [:]
      let people = try Row.fetchAll(
        db,
        sql: """
          SELECT registration.event_id, state, participation, is_live FROM registration
          LEFT JOIN person ON registration_id = registration.id
          """
      )
      for row in people {
        let state: RegistrationState = try known(row[1], "registration", "state")
        if state.takesPlace(try known(row[2], "registration", "participation")) { taken[row[0], default: 0] += 1 }
        // Who was erased is nobody any more.
        if let isLive: Bool = row[3], isLive != state.isLive { return false }
      }
      return try Row.fetchAll(db, sql: "SELECT id, onsite_confirmed FROM event").allSatisfy {
        taken[$0[0], default: 0] == $0[1] as Int
      }
    }
  }
}
