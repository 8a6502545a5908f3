package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_PersonInside {
  /// - Parameter terms: What the event calls its groups and roles.
  package init(_ person: PersonInside, of event: String, _ terms: EventTerms, in language: Language) {
    self.init()
    attendee = Lanyard_V1_CheckIn.Attendee(person.attendee, of: event)
    attendee.call(person.attendee.group, person.attendee.role, terms, in: language)
    country = person.country
    places = person.places.map { place in
      .with {
        $0.checkpoint = ResourceName.checkpoint(place.checkpoint, of: event).description
        $0.displayName = place.displayName
        $0.area = place.area
        $0.admitTime = Google_Protobuf_Timestamp(place.admittedAt)
      }
    }
  }
}

extension PersonInside {
  /// - Throws: `InvalidInput` where any of it is not known to this version, or they are nowhere.
  package init(_ message: Lanyard_V1_PersonInside, under prefix: String = "") throws(InvalidInput) {
    let (event, _) = try ResourceName.registration(
      message.attendee.registration,
      field: "\(prefix)attendee.registration"
    )
    guard !message.places.isEmpty else {
      throw InvalidInput(
        field: "\(prefix)places",
        .emptyResourceName(form: ResourceName.checkpoint("{checkpoint}", of: "{event}").description)
      )
    }
    var places: [Place] = []
    for (index, place) in message.places.enumerated() {
      let prefix = "\(prefix)places[\(index)]."
      places.append(
        Place(
          checkpoint: try ResourceName.checkpoint(place.checkpoint, of: event, field: "\(prefix)checkpoint"),
          displayName: place.displayName,
          area: place.area,
          admittedAt: try place.admitTime.instant(field: "\(prefix)admit_time")
        )
      )
    }
    self.init(
      attendee: try Attendee(message.attendee, badge: nil, under: "\(prefix)attendee."),
      country: message.country,
      places: places
    )
  }
}
