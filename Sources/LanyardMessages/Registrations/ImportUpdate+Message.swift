package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_ImportRegistrationsResponse.ChangedRow {
  /// - Parameter row: Its number.
  package init(_ update: ImportUpdate, row: Int32) {
    self.init()
    self.row = row
    let registration = update.registration
    self.registration = ResourceName.registration(registration.id, of: registration.event).description
    displayName = registration.details.displayName
    changes = update.differences.map { difference in
      .with { ($0.field, $0.before, $0.after) = (difference.field.name, difference.before, difference.after) }
    }
  }
}
