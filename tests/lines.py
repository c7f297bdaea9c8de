"""Lines that documents of tests are made of: sentences of many languages, and what stands around them."""

from __future__ import annotations

SENTENCES = [
    "The council met on Monday and it voted for the plan, which had been on the table since the spring.",
    "Nobody has counted the bridges since the flood, and the town hall has lost the key to the tower.",
    "Der Rat traf sich am Montag und stimmte für den Plan, der seit dem Frühjahr auf dem Tisch lag.",
    "Le conseil s'est réuni lundi et a voté le plan, qui était sur la table depuis le printemps.",
    "Το συμβούλιο συνεδρίασε τη Δευτέρα και ψήφισε το σχέδιο που ήταν στο τραπέζι από την άνοιξη.",
    "Belediye meclisi pazartesi günü toplandı ve bahardan beri masada duran planı kabul etti.",
    "Совет собрался в понедельник и проголосовал за план, который лежал на столе с самой весны.",
    "시의회는 월요일에 모여 봄부터 탁자 위에 놓여 있던 계획에 찬성표를 던졌다고 밝혔다.",
    "市議会は月曜日に集まり、春から机の上にあった計画に賛成の票を投じたと発表した。",
    "市议会星期一开会，投票通过了从春天起就放在桌上的那个计划，并且决定重修旧桥。",
    "اجتمع المجلس يوم الاثنين وصوت لصالح الخطة التي كانت على الطاولة منذ الربيع الماضي.",
    "สภาเมืองประชุมกันเมื่อวันจันทร์และลงมติเห็นชอบแผนที่อยู่บนโต๊ะมาตั้งแต่ฤดูใบไม้ผลิ",
    "It rained.",
    "He asked why they had to sign up for the newsletter at all, and nobody in the room could tell him.",
]
LABELS = [
    "", "", "Advertisement", "Share this:", "Facebook", "By Jane Doe", "12 May 2020", "You may also like", "Read more", "Subscribe",
    "Related articles", "Comments (12)", "Leave a comment", "Publicidad", "Lea también", "Teilen", "Lesen Sie auch", "関連記事",
    "Читайте также", "İlginizi çekebilir", "© 2020 The Courier", "Home", "News", "Sport", "Weather", "Photo: Jane Doe", "|",
    "Sign up for our newsletter", "Contact us", "Privacy policy", "* Item one", "* Item two", "Q: Why?", "A | B | C", "x = f(y);",
    "Ten ways to save money", "Dog wins prize", "March 3, 2026", "Anna Berg: anna@example.org", "# The bridge", "> quoted", "Posted in: News",
]  # fmt: skip
