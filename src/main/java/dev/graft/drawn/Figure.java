package dev.graft.drawn;

import java.awt.Graphics2D;

/** The subject of a picture, painted around the origin with a radius of about one unit. */
interface Figure {
    /** Paints in colours that stand out from the palette, which is the background's. */
    void paint(Graphics2D canvas, Palette palette, Dice dice);

    static Figure of(DrawnClass drawn) {
        return switch (drawn) {
            case CIRCLE -> new SolidFigure(Outlines::circle);
            case TRIANGLE -> new SolidFigure(Outlines::triangle);
            case SQUARE -> new SolidFigure(Outlines::square);
            case STAR -> new SolidFigure(Outlines::star);
            case RING -> new SolidFigure(Outlines::ring);
            case CROSS -> new SolidFigure(Outlines::cross);
            case CRESCENT -> new SolidFigure(Outlines::crescent);
            case SPIRAL -> new LineFigure(LineFigure::spiral);
            case WAVES -> new LineFigure(LineFigure::waves);
            case STRIPES -> new TextureFigure(TextureFigure::stripes);
            case CHECKERBOARD -> new TextureFigure(TextureFigure::checkerboard);
            case DOTS -> new TextureFigure(TextureFigure::dots);
            case RABBIT -> Creature.rabbit();
            case BEAR -> Creature.bear();
            case MOUSE -> Creature.mouse();
            case OWL -> Creature.owl();
            case PIG -> Creature.pig();
            case CAT -> new Cat();
            case DOG -> new Dog();
        };
    }
}
