package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Event {
  /// An event with what a store counts of it.
  ///
  /// - Parameters:
  ///   - phase: Whether people register for it in public.
  ///   - taken: How many have each choice of which there are only so many.
  package init(
    _ event: Event,
    onsiteConfirmed: Int,
    placesLeft: Int?,
    phase: RegistrationPhase,
    etag: String,
    isArchived: Bool,
    taken: [ChoicePlaces.Choice: Int] = [:]
  ) {
    self.init(event)
    questions = event.questions.asked.map { Lanyard_V1_Question($0, of: event.slug, taken: taken) }
    archived = isArchived
    self.onsiteConfirmed = Int32(clamping: onsiteConfirmed)
    if let placesLeft { onsitePlacesLeft = Int32(clamping: placesLeft) }
    registrationPhase = phase.wire
    self.etag = etag
  }

  /// What of it is for everyone: what is chosen and counted by organisers alone is left out.
  package var forEveryone: Lanyard_V1_Event {
    var event = self
    event.clearOnsiteCapacity()
    (event.onsiteConfirmed, event.etag, event.archived) = (0, "", false)
    (event.listedNeeds, event.missedExits, event.mailReach) = ([], false, .unspecified)
    event.clearReminderTime()
    event.movingUpOff = false
    event.clearMovingUpEndTime()
    (event.activatesBadges, event.activatedStakeholderGroups) = (false, [])
    return event
  }

  /// An event without what a store counts of it.
  package init(_ event: Event) {
    self.init()
    name = ResourceName.event(event.slug).description
    title = event.title.plain
    titles = event.title.translations.messageTexts
    startDate = event.startDate.description
    endDate = event.endDate.description
    timeZone = event.timeZone.rawValue
    city = event.city
    country = event.country
    organisers = event.organisers
    if let capacity = event.onsiteCapacity { onsiteCapacity = Int32(clamping: capacity) }
    remoteParticipation = event.allowsRemote
    tracks = event.tracks.choices.ids
    stakeholderGroups = event.stakeholderGroups.idsByNumber
    guestRoles = event.guestRoles.choices.ids
    trackTerms = event.tracks.map { Lanyard_V1_Term($0) }
    stakeholderGroupTerms = event.stakeholderGroups.map { Lanyard_V1_Term($0) }
    guestRoleTerms = event.guestRoles.map { Lanyard_V1_Term($0) }
    reviewedStakeholderGroups = event.reviewedStakeholderGroups
    reviewedGuestRoles = event.reviewedGuestRoles
    deadlines = event.deadlines.mapValues(\.description)
    language = event.language.tag
    listedNeeds = event.listedNeeds
    missedExits = event.allowsMissedExits
    activatesBadges = event.activatesBadges
    activatedStakeholderGroups = event.activatedStakeholderGroups
    mailReach = event.mail.reach.wire
    mailContact = event.mail.contact
    if let moment = event.mail.remindsAt { reminderTime = Google_Protobuf_Timestamp(moment) }
    movingUpOff = !event.movingUp.isOn
    if let ends = event.movingUp.ends { movingUpEndTime = Google_Protobuf_Timestamp(ends) }
    questions = event.questions.asked.map { Lanyard_V1_Question($0, of: event.slug) }
    if let days = event.retentionDays { retentionDays = Int32(clamping: days) }
    if let opens = event.inPublic.opens { registrationOpenTime = Google_Protobuf_Timestamp(opens) }
    if let closes = event.inPublic.closes { registrationCloseTime = Google_Protobuf_Timestamp(closes) }
  }
}

extension Event {
  /// - Throws: `InvalidInput` where the name, a day, a limit or a term cannot be read, or this machine does not know the zone.
  package init(_ message: Lanyard_V1_Event, under prefix: String) throws(InvalidInput) {
    let (first, last) = ("\(prefix)start_date", "\(prefix)end_date")
    self.init(
      slug: try ResourceName.eventSlug(message.name, field: "\(prefix)name"),
      title: LocalizedText(message.title, translations: try .texts(message.titles, field: "\(prefix)titles")),
      startDate: try LocalDate(message.startDate, field: first),
      endDate: try LocalDate(message.endDate, field: last),
      timeZone: try ZoneID(message.timeZone, field: "\(prefix)time_zone")
    )
    guard startDate <= endDate else { throw InvalidInput(field: last, .endNotAfterStart) }
    city = message.city
    country = message.country
    organisers = message.organisers
    if message.hasOnsiteCapacity {
      onsiteCapacity = try Capacity.limit(message.onsiteCapacity, field: "\(prefix)onsite_capacity")
    }
    allowsRemote = message.remoteParticipation
    tracks = try [Term](message.trackTerms, else: message.tracks, field: "\(prefix)track_terms")
    stakeholderGroups = try message.groups(under: prefix)
    guestRoles = try message.roles(under: prefix)
    reviewedStakeholderGroups = message.reviewedStakeholderGroups
    reviewedGuestRoles = message.reviewedGuestRoles
    listedNeeds = message.listedNeeds
    allowsMissedExits = message.missedExits
    activatesBadges = message.activatesBadges
    activatedStakeholderGroups = message.activatedStakeholderGroups
    mail.reach = try .stated(message.mailReach, field: "\(prefix)mail_reach") ?? .asked
    mail.contact = message.mailContact
    mail.remindsAt =
      message.hasReminderTime ? try message.reminderTime.instant(field: "\(prefix)reminder_time") : nil
    movingUp = MovingUp(
      isOn: !message.movingUpOff,
      ends: message.hasMovingUpEndTime
        ? try message.movingUpEndTime.instant(field: "\(prefix)moving_up_end_time") : nil
    )
    inPublic = PublicRegistration(
      opens: message.hasRegistrationOpenTime
        ? try message.registrationOpenTime.instant(field: "\(prefix)registration_open_time") : nil,
      closes: message.hasRegistrationCloseTime
        ? try message.registrationCloseTime.instant(field: "\(prefix)registration_close_time") : nil
    )
    retentionDays = message.hasRetentionDays ? Int(message.retentionDays) : nil
    for (index, question) in message.questions.enumerated() {
      questions.append(try EventQuestion(question, under: "\(prefix)questions[\(index)]."))
    }
    language = try Language.stated(message.language, field: "\(prefix)language")
    for (name, date) in message.deadlines {
      deadlines[name] = try LocalDate(date, field: "\(prefix)deadlines[\(name)]")
    }
  }
}

extension Language {
  /// English where none is stated, as by servers from before events had one.
  ///
  /// - Throws: `InvalidInput` where the text is no tag of a language that Lanyard speaks.
  static func stated(_ tag: String, field: String) throws(InvalidInput) -> Language {
    if tag.isEmpty { return .english }
    guard let language = Language(rawValue: tag) else {
      throw InvalidInput(field: field, .otherLanguage(known: tags.joined(separator: ", ")))
    }
    return language
  }
}

extension LocalDate {
  /// - Throws: `InvalidInput` where the text is no date.
  init(_ text: String, field: String) throws(InvalidInput) {
    guard let date = LocalDate(text) else {
      throw InvalidInput(field: field, .noDate)
    }
    self = date
  }
}

extension RegistrationPhase: WireValue {
  package static let wirePrefix = "REGISTRATION_PHASE_"

  package var wire: Lanyard_V1_RegistrationPhase {
    switch self {
    case .never: .never
    case .notYet: .notYet
    case .open: .open
    case .over: .over
    }
  }
}

extension Lanyard_V1_RegistrationPhase: WireEnum {
  package typealias Value = RegistrationPhase
}
