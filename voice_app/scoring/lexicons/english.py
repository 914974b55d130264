"""The small words of English."""

from voice_app.scoring.lexicons.lexicon import Lexicon, phrases_of, words_of

ENGLISH = Lexicon(
    fillers=phrases_of("um", "uh", "er", "erm", "hmm", "mm", "ah", "oh", "well", "like", "you know")
    + phrases_of("so", "okay", "ok", "yes", "yeah", "maybe"),
    polite=phrases_of("please", "thank you", "thanks", "sorry", "excuse me", "hello"),
    openers=words_of("and"),
    articles=words_of("a an the some"),
    frame=words_of(
        "it is that this s i think believe guess say would choose take want pick the a an "
        "some answer number option picture image photo they are there he she you we to in "
        "called name on at for of can must should will my your his her be am sure have has "
        "going madam sir"
    ),
    negators=words_of("not no never without neither nor nothing none cannot don't"),
    idioms=phrases_of("do not forget to", "do not hesitate to"),
    repairs=phrases_of("no sorry", "no wait", "i mean", "sorry", "no no", "or rather", "no it is")
    + phrases_of("actually no", "no i mean"),
    opposites=(
        ("with", "without"),
        ("before", "after"),
        ("open", "closed"),
        ("open", "close"),
        ("open", "shut"),
        ("hot", "cold"),
        ("up", "down"),
        ("upstairs", "downstairs"),
        ("on", "off"),
        ("always", "never"),
        ("more", "less"),
        ("inside", "outside"),
        ("clean", "dirty"),
        ("first", "last"),
        ("increase", "decrease"),
    ),
    contractions={
        "don't": "do not",
        "doesn't": "does not",
        "didn't": "did not",
        "isn't": "is not",
        "aren't": "are not",
        "wasn't": "was not",
        "can't": "can not",
        "cannot": "can not",
        "couldn't": "could not",
        "won't": "will not",
        "wouldn't": "would not",
        "shouldn't": "should not",
        "mustn't": "must not",
        "haven't": "have not",
        "hasn't": "has not",
        "it's": "it is",
        "that's": "that is",
        "there's": "there is",
        "he's": "he is",
        "she's": "she is",
        "what's": "what is",
        "i'm": "i am",
        "you're": "you are",
        "they're": "they are",
        "we're": "we are",
        "i'd": "i would",
        "i'll": "i will",
        "let's": "let us",
        "dunno": "do not know",
    },
    small_numbers={"zero": "0", "two": "2"},
    ones=words_of("one"),
    counters=words_of("number picture option answer image photo"),
    after_one=words_of("o oclock"),
    text_to_num="en",
    dont_know=phrases_of("i do not know", "do not know", "no idea", "i do not understand")
    + phrases_of("i did not understand", "do not understand", "not sure", "i am not sure")
    + phrases_of("i have no idea", "i do not remember", "i forgot", "i forget", "no clue")
    + phrases_of("i do not know what it is called", "i do not know the word", "i can not remember")
    + phrases_of("i have no clue", "not a clue", "who knows", "i do not recall"),
    repeat=phrases_of("repeat", "can you repeat", "again", "say it again", "once more", "pardon")
    + phrases_of("what", "more slowly", "slower", "can you say that again", "say again", "sorry")
    + phrases_of(
        "could you repeat", "could you repeat that", "can you repeat that", "one more time"
    )
    + phrases_of("could you say that again", "please repeat", "i did not hear", "say that again")
    + phrases_of("repeat that", "repeat the question", "i did not catch that", "come again"),
    stop=phrases_of("stop", "i want to stop", "stop it", "finish", "i am done", "quit"),
    inventions=(
        "thanks for watching",
        "thank you for watching",
        "thank you very much for watching",
        "subtitles by",
        "subtitles by the amara.org community",
        "please subscribe",
        "like and subscribe",
        "see you next time",
        "see you in the next video",
        "you",
        "bye",
        "bye bye",
        "thank you",
        "amara.org",
        "music",
        "applause",
    ),
)
