import LanyardDomain
import Testing

@Suite("Text for finding people") struct SearchTextTests {
  /// Whether each word of a query stands somewhere in the key of a name.
  private func finds(_ query: String, _ name: String) -> Bool {
    let key = Array(SearchText.key(of: [name]).unicodeScalars)
    return SearchText.words(of: query).allSatisfy { word in
      let word = Array(word.unicodeScalars)
      return key.indices.contains { key[$0...].starts(with: word) }
    }
  }

  @Test(
    "finds a name however it is typed",
    arguments: [
      ("jose", "José"), ("PHẠM", "phạm"), ("ab", "ＡＢ"), ("E\u{301}mile", "Émile"), ("जोश", "जोशी"), ("प्रिय", "प्रिया"),
      ("محمد", "مح\u{200D}مد"), ("محمد", "مُحَمَّد"), ("محمد", "محـــمد"), ("می\u{200C}خواه", "میخواه"),
      ("王", "王小明"), ("明", "王小明"), ("さ", "たなか・さくら"), ("サクラ", "さくら"), ("ﾔﾏﾀﾞ", "ヤマダ"), ("왕", "왕밍"), ("와", "왕밍"),
      ("Soren", "Søren"), ("Soeren", "Søren"), ("Søren", "Soeren"), ("Lukasz", "Łukasz"), ("Dordevic", "Đorđević"),
      ("Strasse", "Straße"), ("STRASSE", "straẞe"), ("Aegir", "Ægir"), ("Ægir", "Aegir"), ("Oeuvre", "Œuvre"),
      ("Isik", "Işık"), ("ısık", "Işik"), ("istanbul", "İstanbul"), ("Sigurdur", "Sigurður"), ("Thor", "Þór"),
      ("obrien", "O'Brien"), ("O’Brien", "O'Brien"), ("O`Brien", "OʼBrien"), ("o´brien", "Obrien"),
      ("brien", "O’Brien"),
      ("jean pierre", "Jean-Pierre"), ("jeanpierre", "Jean‐Pierre"), ("jean–pierre", "Jean-Pierre"),
      ("pierre-jean", "Jean Pierre"),
      ("Müller", "Mueller"), ("Mueller", "Müller"), ("MUELLER", "MU\u{308}LLER"), ("Muller", "Müller"),
      ("Groessen", "Größen"),
      ("Aarhus", "Århus"), ("Arhus", "Århus"), ("Samuel", "Samuel"), ("noel", "Noël"),
      ("علي", "على"), ("علی", "علي"), ("کریم", "كريم"), ("أحمد", "احمد"), ("آمال", "امال"), ("فاطمه", "فاطمة"),
      ("ΓΙΩΡΓΟΣ", "Γιώργος"), ("γιωργοσ", "Γιώργος"), ("שלומ", "שלום"), ("smith john", "Smith, John"),
      ("دبي", "عمان، دبي"), ("١٢", "12"), ("Ёлкин", "Елкин"), ("o\"ne", "O\"Neil"),
    ]
  )
  func found(_ query: String, _ name: String) {
    #expect(finds(query, name), "\(SearchText.words(of: query)) in \(SearchText.key(of: [name]))")
  }

  @Test(
    "keeps apart what differs",
    arguments: [
      ("ann", "Jon"), ("王", "李明"), ("jp", "Jean-Pierre"), ("mueler", "Müller"), ("an%", "Ann"), ("ka", "さくら"),
    ]
  )
  func apart(_ query: String, _ name: String) {
    #expect(!finds(query, name))
  }

  @Test("folds a text that is folded no further") func folded() {
    for text in ["ŁØRÉN O’Neil-Straße, ٣", "王・さ가", "", " , - ' "] {
      #expect(SearchText.folded(SearchText.folded(text)) == SearchText.folded(text))
    }
    #expect(SearchText.folded(" , - ' ") == "")
    #expect(SearchText.words(of: "Ann ann ANN-B") == ["ann", "b"])
  }

  @Test("keeps its key within a few times the text's length, whatever is in it") func size() {
    let text = String(repeating: "ﷺ", count: 100)
    #expect(SearchText.key(of: [text]).utf8.count < 8000)
    let hyphens = (0..<50).map { "ü\($0)" }.joined(separator: "-")
    #expect(SearchText.key(of: [hyphens]).utf8.count < 10 * hyphens.utf8.count)
  }

  @Test("says which letters say enough by themselves") func wholeLetters() {
    #expect(["王", "あ", "カ", "ｶ", "한", "ㄱ", "ᄀ"].allSatisfy(SearchText.hasWholeLetter))
    #expect(!["a", "é", "ш", "م", "ज"].contains(where: SearchText.hasWholeLetter))
  }
}
