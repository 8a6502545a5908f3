package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Session {
  package init(_ session: Session, of event: String) {
    self.init()
    name = ResourceName.session(session.id, of: event).description
    code = session.code
    title = session.title.plain
    titles = session.title.translations.messageTexts
    track = session.track
    startTime = Google_Protobuf_Timestamp(session.span.lowerBound)
    endTime = Google_Protobuf_Timestamp(session.span.upperBound)
    timeZone = session.timeZone.rawValue
    venue = session.venue
    room = session.room
    city = session.city
    country = session.country
    if let limit = session.capacity { capacity = Int32(clamping: limit) }
    remoteParticipation = session.allowsRemote
    admittedStakeholderGroups = session.admittedGroups
    bookedOnly = session.requiresBooking
    sample = session.isSample
    checkpoint = ResourceName.checkpoint(session.checkpoint, of: event).description
    streamUri = session.stream
  }

  /// What of it is for everyone.
  package var forEveryone: Lanyard_V1_Session {
    var session = self
    (session.streamUri, session.checkpoint) = ("", "")
    return session
  }
}

extension Session {
  /// - Throws: `InvalidInput` where the times are not in order, the limit is none, the checkpoint has no name, or this machine
  ///   does not know the zone.
  package init(_ message: Lanyard_V1_Session, under prefix: String) throws(InvalidInput) {
    let start = try message.startTime.instant(field: "\(prefix)start_time")
    let end = try message.endTime.instant(field: "\(prefix)end_time")
    guard start < end else { throw InvalidInput(field: "\(prefix)end_time", .endNotAfterStart) }
    self.init(
      code: message.code,
      title: LocalizedText(message.title, translations: try .texts(message.titles, field: "\(prefix)titles")),
      span: start..<end,
      timeZone: try ZoneID(message.timeZone, field: "\(prefix)time_zone"),
      room: message.room,
      // Who knows what is public alone is not told of doors.
      checkpoint: message.checkpoint.isEmpty
        ? "" : try ResourceName.checkpoint(message.checkpoint, field: "\(prefix)checkpoint").checkpoint
    )
    track = message.track
    venue = message.venue
    city = message.city
    country = message.country
    capacity = try message.hasCapacity ? Capacity.limit(message.capacity, field: "\(prefix)capacity") : nil
    allowsRemote = message.remoteParticipation
    admittedGroups = message.admittedStakeholderGroups
    requiresBooking = message.bookedOnly
    isSample = message.sample
    stream = message.streamUri
  }
}
