import LanyardDomain
import LanyardTexts

extension Badge {
  /// What operators see to.
  var shownAttention: Attention { mark.showing(listedNeeds).attention }

  /// The resource name of whose it is.
  var holder: String { ResourceName.registration(registration, of: event).description }

  /// Tells what has become of it.
  func showState() { Console.line("\(serial)  \(Phrasebook.ofSystem.text(state.title))") }
}
