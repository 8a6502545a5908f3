/// What is wrong with a field of a programme, and what to do. `text`, `name` and the like are what the file says, `path` is
/// a place in it.
package enum ProgrammeFault: Hashable, Sendable {
  /// the document is larger than {limit} MiB; split it
  case tooLarge(limit: Int)
  /// the document is {kind}; write an object: {"events": [ … ]}
  case noDocument(ValueKind)
  /// is the slug of {path} too: "{slug}"; give each event its own
  case doubledSlug(path: String, slug: String)
  /// is not 1 to {limit} letters a-z, digits and hyphens, with a letter or digit at both ends
  case noID(limit: Int)
  /// the same; capitals are allowed
  case noCode(limit: Int)
  /// has more than {limit} entrances, zones and rooms; take some out
  case tooManyPlaces(limit: Int)
  /// is before start_date, {start}; correct one of them
  case endsBeforeStart(start: String)
  /// makes the event longer than {limit} days; correct it
  case eventTooLong(limit: Int)
  /// is after the event has begun, {start}; write a time before, or leave it out
  case movingUpAfterStart(start: String)
  /// is after the event has ended, {end}; write a time before, or leave it out
  case reminderAfterEnd(end: String)
  /// is empty; list at least one group
  case noGroups
  /// is what "{other}" is called before: "{name}"; call each otherwise
  case sharedName(name: String, other: String)
  /// is not after start; correct one of them
  case sessionEndsEarly
  /// is more than 24 hours after start; correct it or make it several sessions
  case sessionTooLong(hours: Int)
  /// is not a time with its offset; write it as 2024-05-27T09:00:00+02:00
  case noOffsetTime
  /// has the offset {written}, but {zone} is at {held} then; correct the offset or time_zone
  case otherOffset(written: String, zone: String, held: String)
  /// lies outside the event's days, {start} to {end}; correct it or them
  case outsideEvent(start: String, end: String)
  /// is {code}, and {path} has the code {other}; give each its own
  case doubledCode(code: String, path: String, other: String)
  /// is not a track of the event: "{track}"; {advice}
  case unknownTrack(track: String, NearestName.Advice)
  /// is none of the known ways; {advice}
  case unknownWay(NearestName.Advice)
  /// is not a time of day; write it as 08:30, at most 24:00
  case noTimeOfDay
  /// is the end of the day; write 00:00 for its beginning
  case opensAtEnd
  /// is {id} for "{name}", which is the id of "{other}" ({path}) too; give each its own, a room in rooms
  case doubledID(id: String, name: String, other: String, path: String)
  /// is {id} for "{name}", which is the area of "{other}" too; list the room in rooms with another id
  case sharedArea(id: String, name: String, other: String)
  /// is the area of no zone and no room: "{area}"; {advice}
  case unknownArea(area: String, NearestName.Advice)
  /// puts "{area}" into itself; name the zone or room around it, or leave it out
  case withinItself(area: String)
  /// is listed before: "{room}"; give each room its own name
  case doubledRoom(room: String)
  /// is not in the event's rooms: "{room}"; {advice}
  case unknownRoom(room: String, NearestName.Advice)
  /// is {zone}, and {session} in the same room, {room}, has {other}; correct one of them or name another room
  case otherZoneInRoom(zone: String, session: String, room: String, other: String)
  /// lets {session} begin before {other} in {room} is over; move one of them or name another room
  case overlap(session: String, other: String, room: String)
  /// {rule} was changed by hand to {now}, and the file says {planned}
  case wouldUndo(rule: String, now: String, planned: String)
  /// is not there yet, and differs little from {other}, which is: is it misspelt?
  case resembles(other: String)
  /// is not a time zone of the IANA database; write one such as Europe/Zurich
  case noTimeZone
}
