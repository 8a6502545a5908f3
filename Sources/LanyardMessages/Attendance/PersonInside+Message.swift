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
