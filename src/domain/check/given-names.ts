/**
 * Given names, in the spellings of Latin alphabets, that tell a person from a place or an institution: two words with
 * capitals of which the first is one of these are taken for a person. The list is ours and needs not be complete.
 */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `
  Adam Agnieszka Ahmed Alaksandr Alena Ales Aleh Aliaksandr Alexander Alexandra Alexei Alexey Ali Alice Aleksandr Aleksey
  Alexandre Ana Anastasia Anatoly Andrei Andrew Andrey Andrzej Angela Anna Anne Anton Antonio Ariel Artem Artur Barack Barbara
  Benjamin Boris Carlos Catherine Charles Christine Claire Claudia Daniel Darya David Denis Diana Diego Dmitri Dmitry
  Donald Dzianis Dzmitry Eduard Elena Elizabeth Ella Emma Emmanuel Erik Eva Fatima Fernando Francisco Franz Frank Gabriel
  George Giorgia Giorgi Greta Hanna Hans Helena Henry Ihar Ilya Ines Inga Irina Iryna Ivan Jacek Jack Jakub James Jan Jane
  Javier Jean Jens Joe Johann John Jorge Jose Josef Joseph Juan Julia Kamala Karl Katarzyna Kate Katsiaryna Keir Klaus
  Konstantin Krzysztof Larisa Larysa Laura Leonid Lisa Louis Luis Luiz Lukas Maksim Maria Mariana Marie Marina Mark Marta
  Martin Maryia Maryna Mary Maxim Michael Mikhail Mikalai Mikola Mohammed Natalia Natallia Nikita Nikolai Nina Oleg Olaf Olga
  Olena Oleksandr Olof Pablo Patrick Paul Pavel Pedro Peter Petr Philip Pierre Piotr Rafael Recep Ricardo Robert Roman Ronald
  Rosa Sabine Sara Sarah Sergei Sergey Siarhei Simon Sofia Stanislav Stefan Stepan Svetlana Sviatlana Tatiana Tatsiana
  Thomas Tom Ulrich Ursula Vadim Valentina Valery Vasil Vera Veranika Viachaslau Vital Viktar Viktor Viktoria Victor Victoria
  Vincent Vitaly Vladimir Volha Volodymyr Vyacheslav Walter Wilhelm William Yana Yauhen Yevgeny Yulia Yuri Yury Zhanna
  `
    .trim()
    .split(/\s+/),
)
