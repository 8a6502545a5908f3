package import LanyardTexts

extension WireEnum where Value: Titled {
  /// Its name, for people; of one that this version does not know, the contract's number.
  package var title: Sentence { value?.title ?? .told(shortName) }
}
