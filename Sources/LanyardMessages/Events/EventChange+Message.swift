package import LanyardAPI
package import LanyardDomain

/// What a mask may name.
private enum Field: String, CaseIterable {
  case archived
  case opens = "registration_open_time"
  case closes = "registration_close_time"
}

extension Lanyard_V1_UpdateEventRequest {
  /// Asks for the event with this name to be archived, or to be brought back.
  package init(archived: Bool, of name: String) {
    self.init()
    (event.name, event.archived) = (name, archived)
    updateMask = .init(of: [Field.archived])
  }
}

extension EventChange {
  /// What the mask of a request names (AIP-134).
  ///
  /// - Throws: `InvalidInput` where it names nothing, something else, or a moment that cannot be read.
  package init(_ request: Lanyard_V1_UpdateEventRequest) throws(InvalidInput) {
    self.init()
    for field in try request.updateMask.fields(of: Field.self) {
      switch field {
      case .archived: isArchived = request.event.archived
      case .opens:
        let time = request.event.registrationOpenTime
        opens = .some(
          request.event.hasRegistrationOpenTime ? try time.instant(field: "event.registration_open_time") : nil
        )
      case .closes:
        let time = request.event.registrationCloseTime
        closes = .some(
          request.event.hasRegistrationCloseTime ? try time.instant(field: "event.registration_close_time") : nil
        )
      }
    }
  }
}
