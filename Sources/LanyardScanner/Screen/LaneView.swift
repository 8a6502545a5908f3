package import LanyardDomain
package import LanyardTexts

/// What the full screen of a lane shows, as a value; `rows` renders it.
package struct LaneView: Hashable, Sendable {
  /// The language of the operator.
  package var language = Language.english
  /// The name of the checkpoint.
  package var title: String
  /// The name of the event.
  package var event: String
  /// The moment that a rehearsal plays, nil where all is real.
  package var rehearsal: Sentence.Fact?
  /// The time of day at the venue.
  package var clock: String
  /// Which way people pass: IN, OUT or BY TURNS.
  package var direction: String
  /// How the lane stands with its server.
  package var link: Link
  /// The answer that is shown large, nil where none is.
  package var last: Answer?
  /// Whether a reading has no answer yet; nothing else is shown large then.
  package var isReading = false
  /// The answers before it, the newest first; at most `recentLimit` are shown.
  package var recent: [Answer] = []
  /// How many people are inside, nil where the server did not say.
  package var inside: Int?
  /// How many may be inside, nil where there is no limit.
  package var capacity: Int?
  /// Whether a missed scan out can be put right here.
  package var offersOutAndIn = false
  /// What is being asked of the operator, in the place of the recent answers.
  package var prompt: Prompt?
  /// Something that the operator should know, in one sentence.
  package var notice: String?

  /// How many of the recent answers are shown.
  package static let recentLimit = 10

  /// The screen of a lane at which nothing was scanned yet.
  package init(title: String, event: String, clock: String, direction: String, link: Link) {
    self.title = title
    self.event = event
    self.clock = clock
    self.direction = direction
    self.link = link
  }

  /// The words of the screen.
  var phrasebook: Phrasebook { .of(language) }

  /// How the lane stands with its server.
  package enum Link: Hashable, Sendable {
    case online
    /// Answers come from the roster on the device; `waiting` scans are still to be uploaded.
    case offline(since: String, waiting: Int)
    /// The server does not let this lane in.
    case refused(waiting: Int)
    /// The organiser has revoked the device.
    case revoked(waiting: Int)
    /// The server is back and gets what was scanned meanwhile.
    case uploading(waiting: Int)
    case connecting

    /// Whether the server lets the lane in no more.
    var isShutOut: Bool {
      switch self {
      case .refused, .revoked: true
      case .online, .offline, .uploading, .connecting: false
      }
    }
  }

  /// One answer in the words that an operator reads.
  package struct Answer: Hashable, Sendable {
    /// One or two words in capital letters, such as ADMITTED.
    package var headline: String
    package var tone: Tone
    /// Id of the scan; nil where it is an answer to none.
    package var scan: UUIDBytes?
    /// The person's name, empty where the badge told none.
    package var name = ""
    /// Id of the registration, empty where the badge told none.
    package var registration = ""
    /// Stakeholder group and role.
    package var group = ""
    /// What explains the answer, the most important first.
    package var explanation: [String] = []
    /// Why somebody was not let in, in a word or two; empty where they were.
    package var reason = ""
    /// What to see to with this person.
    package var attention: String?
    /// The time of day of the scan.
    package var time: String
    /// Whether the device answered by itself.
    package var isOffline = false
    /// Whether the person was admitted although the roster does not know the badge.
    package var isMarked = false
    /// Against what somebody was let in, why, and by whom; nil where nothing stood against it.
    package var override: String?
    /// What was noted of a way out that nobody scanned; nil where somebody did.
    package var missedExit: String?
    /// Whether it was taken back.
    package var isTakenBack = false
    /// Whether it says that the person may be let out and in again.
    var asksForOutAndIn = false

    /// The answer without its person.
    var nameless: Answer {
      var answer = Answer(headline: headline, tone: tone, time: time)
      (answer.isOffline, answer.isMarked, answer.isTakenBack) = (isOffline, isMarked, isTakenBack)
      (answer.scan, answer.reason, answer.missedExit) = (scan, reason, missedExit.map { _ in "" })
      answer.override = override.map { _ in "" }
      return answer
    }

    /// The answer without its person, where they are among those who were erased.
    fileprivate func without(_ people: Set<String>) -> Answer { people.contains(registration) ? nameless : self }

    /// An answer that names nobody yet.
    package init(headline: String, tone: Tone, time: String) {
      self.headline = headline
      self.tone = tone
      self.time = time
    }
  }

  /// Takes away what is shown of people who were erased; their scans stay.
  ///
  /// - Parameter people: Ids of their registrations.
  package mutating func forget(_ people: Set<String>) {
    if let shown = last { last = shown.without(people) }
    recent = recent.map { $0.without(people) }
  }

  /// Takes away what is shown of everybody; their scans stay.
  mutating func forgetNames() {
    last = last?.nameless
    recent = recent.map(\.nameless)
  }

  /// Puts an answer among those before.
  mutating func retire(_ answer: Answer) { recent = [answer] + recent.prefix(Self.recentLimit - 1) }

  /// Marks a scan among those before as taken back.
  mutating func markTakenBack(_ scan: UUIDBytes) {
    for index in recent.indices where recent[index].scan == scan { recent[index].isTakenBack = true }
  }

  /// A question to the operator.
  package struct Prompt: Hashable, Sendable {
    /// What is asked for.
    package var label: String
    /// What was typed so far.
    package var text: String
    /// How to answer.
    package var hint: String
    /// What can be chosen.
    package var choices: [String]
    /// How many there are with those that are not here yet.
    package var total: Int
    /// The position of the choice that Enter takes, nil where none is.
    package var chosen: Int?
    /// What the choices are made of, where some of it may give way where there is no room; else empty.
    var parts: [[ChoicePart]] = []

    package init(label: String, text: String, hint: String, choices: [String] = [], total: Int = 0, chosen: Int? = nil)
    {
      self.label = label
      self.text = text
      self.hint = hint
      self.choices = choices
      self.total = max(total, choices.count)
      self.chosen = chosen
    }
  }
}
